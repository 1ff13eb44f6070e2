isopod::plugin! {
    /// A title as the end of an address: "Hello, World!" becomes "hello-world".
    pub fn slugify(text: &str) -> String {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
    }
}
