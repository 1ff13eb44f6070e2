// The title of a page as the end of its address: "Über Grüße & mehr" becomes "ueber-gruesse-mehr".
#include <isopod.h>

// U+00C0 to U+00FF without their accents; none is no letter.
static const char LATIN[64][3] = {
  "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", "d", "n", "o", "o", "o", "o", "oe", "", "o", "u", "u", "u", "ue", "y", "th", "ss",
  "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", "d", "n", "o", "o", "o", "o", "oe", "", "o", "u", "u", "u", "ue", "y", "th", "y",
};

// Writes what stands for a character; nothing if it separates.
static void letters(uint32_t point, char into[3]) {
  into[0] = into[1] = into[2] = 0;
  if ((point >= 'a' && point <= 'z') || (point >= '0' && point <= '9')) into[0] = point;
  else if (point >= 'A' && point <= 'Z') into[0] = point + 32;
  else if (point >= 0xc0 && point <= 0xff) into[0] = LATIN[point - 0xc0][0], into[1] = LATIN[point - 0xc0][1];
  else if (point == 0x1e9e) into[0] = into[1] = 's';
}

PLUGIN(slugify) {
  Buffer slug = { 0 };
  bool gap = false;
  char last[3] = "";
  while (input.n) {
    uint32_t point = plugin_next(&input);
    // A mark that stands for itself is dropped, but two dots over a, o or u make an umlaut.
    if (point >= 0x300 && point <= 0x36f) {
      if (point == 0x308 && !last[1] && (last[0] == 'a' || last[0] == 'o' || last[0] == 'u')) buffer_add_byte(&slug, 'e');
      continue;
    }
    letters(point, last);
    if (!last[0]) {
      gap = slug.n > 0;
      continue;
    }
    if (gap) buffer_add_byte(&slug, '-');
    gap = false;
    buffer_add_text(&slug, last);
  }
  return plugin_buffer(&slug);
}
