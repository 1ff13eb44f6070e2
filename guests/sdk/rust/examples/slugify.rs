//! The title of a page as the end of its address: "Über Grüße & mehr" becomes "ueber-gruesse-mehr".

/// U+00C0 to U+00FF without their accents, each between dots; none is no letter.
const LATIN: &str = "a.a.a.a.ae.a.ae.c.e.e.e.e.i.i.i.i.d.n.o.o.o.o.oe..o.u.u.u.ue.y.th.ss.a.a.a.a.ae.a.ae.c.e.e.e.e.i.i.i.i.d.n.o.o.o.o.oe..o.u.u.u.ue.y.th.y";

/// Writes what stands for a character; nothing if it separates.
fn letters(point: char, latin: &[&'static str], into: &mut String) {
    into.clear();
    match point {
        'a'..='z' | '0'..='9' => into.push(point),
        'A'..='Z' => into.push(point.to_ascii_lowercase()),
        'À'..='ÿ' => into.push_str(latin[point as usize - 0xc0]),
        'ẞ' => into.push_str("ss"),
        _ => {}
    }
}

isopod::plugin! {
    pub fn slugify(text: &str) -> String {
        let latin: Vec<&str> = LATIN.split('.').collect();
        let mut slug = String::new();
        let mut last = String::new();
        let mut gap = false;
        for point in text.chars() {
            // A mark that stands for itself is dropped, but two dots over a, o or u make an umlaut.
            if ('\u{300}'..='\u{36f}').contains(&point) {
                if point == '\u{308}' && matches!(last.as_str(), "a" | "o" | "u") {
                    slug.push('e');
                }
                continue;
            }
            letters(point, &latin, &mut last);
            if last.is_empty() {
                gap = !slug.is_empty();
                continue;
            }
            if gap {
                slug.push('-');
            }
            gap = false;
            slug.push_str(&last);
        }
        slug
    }
}
