use std::fmt::Display;

/// What an operation takes, and a host function gives: text or bytes.
pub trait Input<'a>: Sized {
    /// # Errors
    /// Where it is to be text and is not UTF-8.
    fn read(bytes: &'a [u8]) -> Result<Self, String>;
}

impl<'a> Input<'a> for &'a [u8] {
    fn read(bytes: &'a [u8]) -> Result<Self, String> {
        Ok(bytes)
    }
}

impl<'a> Input<'a> for &'a str {
    fn read(bytes: &'a [u8]) -> Result<Self, String> {
        std::str::from_utf8(bytes).map_err(|_| "the text is not UTF-8".to_owned())
    }
}

impl Input<'_> for Vec<u8> {
    fn read(bytes: &[u8]) -> Result<Self, String> {
        Ok(bytes.to_vec())
    }
}

impl Input<'_> for String {
    fn read(bytes: &[u8]) -> Result<Self, String> {
        <&str>::read(bytes).map(str::to_owned)
    }
}

/// What an operation gives, and a host function takes: text, bytes or nothing; of an operation also a `Result`.
pub trait Output {
    /// Shows the bytes, or the message of the error.
    fn show(&self, to: &mut dyn FnMut(Result<&[u8], &str>));
}

impl Output for [u8] {
    fn show(&self, to: &mut dyn FnMut(Result<&[u8], &str>)) {
        to(Ok(self));
    }
}

impl Output for str {
    fn show(&self, to: &mut dyn FnMut(Result<&[u8], &str>)) {
        to(Ok(self.as_bytes()));
    }
}

impl Output for Vec<u8> {
    fn show(&self, to: &mut dyn FnMut(Result<&[u8], &str>)) {
        to(Ok(self));
    }
}

impl Output for String {
    fn show(&self, to: &mut dyn FnMut(Result<&[u8], &str>)) {
        to(Ok(self.as_bytes()));
    }
}

impl Output for () {
    fn show(&self, to: &mut dyn FnMut(Result<&[u8], &str>)) {
        to(Ok(&[]));
    }
}

impl<T: Output + ?Sized> Output for &T {
    fn show(&self, to: &mut dyn FnMut(Result<&[u8], &str>)) {
        (**self).show(to);
    }
}

impl<T: Output, E: Display> Output for Result<T, E> {
    fn show(&self, to: &mut dyn FnMut(Result<&[u8], &str>)) {
        match self {
            Ok(value) => value.show(to),
            Err(error) => to(Err(&error.to_string())),
        }
    }
}
