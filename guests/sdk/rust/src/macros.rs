/// Makes functions operations of the plugin. Each takes nothing or one [`Input`](crate::Input) and gives an [`Output`](crate::Output);
/// an `Err` fails the call with its message.
#[macro_export]
macro_rules! plugin {
    ($($(#[$meta:meta])* $visible:vis fn $name:ident($($argument:ident: $type:ty)?) $(-> $result:ty)? $body:block)*) => {
        $(
            $(#[$meta])*
            $visible fn $name($($argument: $type)?) $(-> $result)? $body

            #[cfg(target_arch = "wasm32")]
            const _: () = {
                #[export_name = stringify!($name)]
                extern "C" fn operation() -> i32 {
                    $crate::carrier::operation(|_input, show| {
                        $crate::plugin!(@call $name(_input, show) $($type)?)
                    })
                }
            };
        )*
    };
    (@call $name:ident($input:ident, $show:ident)) => {
        $crate::Output::show(&$name(), $show)
    };
    (@call $name:ident($input:ident, $show:ident) $type:ty) => {
        match $crate::Input::read($input) {
            Ok(input) => $crate::Output::show(&$name(input), $show),
            Err(message) => $show(Err(&message)),
        }
    };
}

/// Declares functions of the application, which it lends in `extism:host/user`. They take text or bytes and give an owned one.
#[macro_export]
macro_rules! host {
    ($($(#[$meta:meta])* $visible:vis fn $name:ident($argument:ident: $type:ty) -> $result:ty;)*) => {
        $(
            $(#[$meta])*
            $visible fn $name($argument: $type) -> $result {
                #[cfg(target_arch = "wasm32")]
                #[link(wasm_import_module = "extism:host/user")]
                extern "C" {
                    #[link_name = stringify!($name)]
                    fn imported(block: $crate::carrier::Block) -> $crate::carrier::Block;
                }
                #[cfg(not(target_arch = "wasm32"))]
                unsafe fn imported(_: $crate::carrier::Block) -> $crate::carrier::Block {
                    panic!("no host")
                }
                $crate::carrier::ask(&$argument, |block| unsafe { imported(block) })
            }
        )*
    };
}
