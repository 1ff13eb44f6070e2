// The title of a page as the end of its address: "Über Grüße & mehr" becomes "ueber-gruesse-mehr".

/** U+00C0 to U+00FF without their accents, each between dots; none is no letter. */
const LATIN = "a.a.a.a.ae.a.ae.c.e.e.e.e.i.i.i.i.d.n.o.o.o.o.oe..o.u.u.u.ue.y.th.ss.a.a.a.a.ae.a.ae.c.e.e.e.e.i.i.i.i.d.n.o.o.o.o.oe..o.u.u.u.ue.y.th.y".split(".");
const ASCII = "abcdefghijklmnopqrstuvwxyz0123456789".split("");

/** What stands for a character; "" if it separates. */
function letters(point: i32): string {
  if (point >= 0x61 && point <= 0x7a) return ASCII[point - 0x61];
  if (point >= 0x41 && point <= 0x5a) return ASCII[point - 0x41];
  if (point >= 0x30 && point <= 0x39) return ASCII[point - 0x30 + 26];
  if (point >= 0xc0 && point <= 0xff) return LATIN[point - 0xc0];
  return point == 0x1e9e ? "ss" : "";
}

export function slugify(text: string): string {
  // Numbers, not strings: a megabyte of text would be a million strings.
  const slug = new Array<i32>();
  let gap = false;
  let last = "";
  for (let i = 0; i < text.length; i++) {
    const point = text.charCodeAt(i);
    // A mark that stands for itself is dropped, but two dots over a, o or u make an umlaut.
    if (point >= 0x300 && point <= 0x36f) {
      if (point == 0x308 && (last == "a" || last == "o" || last == "u")) slug.push(0x65);
      continue;
    }
    last = letters(point);
    if (last.length == 0) {
      gap = slug.length > 0;
      continue;
    }
    if (gap) slug.push(0x2d);
    gap = false;
    for (let letter = 0; letter < last.length; letter++) slug.push(last.charCodeAt(letter));
  }
  return String.fromCharCodes(slug);
}
