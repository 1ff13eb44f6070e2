#include "isopod.h"

Bytes plugin_literal(const char *text) {
  uint32_t n = 0;
  while (text[n]) n++;
  return (Bytes){ (const uint8_t *)text, n };
}

uint32_t plugin_next(Bytes *text) {
  if (!text->n) return 0xfffd;
  const uint8_t *at = text->at;
  uint32_t first = *at, more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3, taken = 1;
  uint32_t point = more == 0 ? first : first & (0x3f >> more);
  bool right = first < 0x80 || (first >= 0xc2 && first <= 0xf4);
  if (!right) more = 0;
  for (; taken <= more; taken++) {
    // The byte after the first says whether the form is too long, a surrogate, or beyond U+10FFFF.
    uint32_t least = taken > 1 ? 0x80 : first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    uint32_t most = taken > 1 ? 0xbf : first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (taken == text->n || at[taken] < least || at[taken] > most) {
      right = false;
      break;
    }
    point = point << 6 | (at[taken] & 0x3f);
  }
  text->at += taken;
  text->n -= taken;
  return right ? point : 0xfffd;
}
