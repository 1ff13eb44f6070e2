//! What a plugin may ask of its host, all in one.
use isopod::{config, host, log, plugin};

host! {
    /// The application's: how somebody is called.
    fn reverse(name: &str) -> String;
}

plugin! {
    pub fn greet(name: &str) -> Result<String, String> {
        log::debug("greet was called");
        if name.is_empty() {
            return Err("nobody to greet".into());
        }
        let greeting = config("greeting").unwrap_or_else(|| {
            log::warn("no greeting is configured");
            "Hello".into()
        });
        let called = reverse(name);
        log::info(format!("greeting {called}"));
        Ok(format!("{greeting}, {called}!"))
    }

    pub fn echo(bytes: &[u8]) -> Vec<u8> {
        bytes.to_vec()
    }

    /// One line of each level.
    pub fn levels(text: &str) {
        log::trace(text);
        log::debug(text);
        log::info(text);
        log::warn(text);
        log::error(text);
    }
}
