use crate::kernel;

/// What the application configured under this key; none where it is nothing, or an empty text.
pub fn config(key: &str) -> Option<String> {
    let name = kernel::block(key.as_bytes());
    let value = kernel::config_get(name);
    kernel::free(name);
    (value != 0).then(|| String::from_utf8_lossy(&kernel::take(value)).into_owned())
}

/// Lines for whoever runs the host; it decides which levels it keeps.
pub mod log {
    use crate::kernel;

    macro_rules! levels {
        ($($level:ident $import:ident)*) => {
            $(pub fn $level(text: impl AsRef<str>) {
                let line = kernel::block(text.as_ref().as_bytes());
                kernel::$import(line);
                kernel::free(line);
            })*
        };
    }

    levels! { trace log_trace debug log_debug info log_info warn log_warn error log_error }
}
