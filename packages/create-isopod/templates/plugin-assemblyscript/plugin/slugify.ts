/** A title as the end of an address: "Hello, World!" becomes "hello-world". */
export function slugify(text: string): string {
  let slug = "";
  let gap = false;
  const lower = text.toLowerCase();
  for (let i = 0; i < lower.length; i++) {
    const code = lower.charCodeAt(i);
    if ((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)) {
      if (gap) slug += "-";
      gap = false;
      slug += lower.charAt(i);
    } else {
      gap = slug.length > 0;
    }
  }
  return slug;
}
