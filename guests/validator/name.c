// Names keep their script; only what could hurt a page or a log is refused.
#include "validator.h"

enum { LONGEST = 100 };

static bool is_barred(u32 p) {
  return p < 0x20 || (p >= 0x7f && p <= 0x9f) || p == 0x200e || p == 0x200f || (p >= 0x202a && p <= 0x202e)
    || (p >= 0x2066 && p <= 0x2069) || (p >= 0xd800 && p <= 0xdfff) || (p >= 0xfdd0 && p <= 0xfdef) || p == 0xfeff || p == 0xfffd
    || (p & 0xfffe) == 0xfffe;
}

static void append(Text *text, u32 p) {
  char *s = text->s + text->n;
  if (p < 0x80) s[0] = p, text->n += 1;
  else if (p < 0x800) s[0] = 0xc0 | p >> 6, s[1] = 0x80 | (p & 63), text->n += 2;
  else if (p < 0x10000) s[0] = 0xe0 | p >> 12, s[1] = 0x80 | (p >> 6 & 63), s[2] = 0x80 | (p & 63), text->n += 3;
  else s[0] = 0xf0 | p >> 18, s[1] = 0x80 | (p >> 12 & 63), s[2] = 0x80 | (p >> 6 & 63), s[3] = 0x80 | (p & 63), text->n += 4;
}

Code check_name(const Slot *value, Text *normal) {
  u32 read = 0, kept = 0;
  bool space = false, barred = false, named = false;
  normal->n = 0;
  for (const u8 *at = value->at; at < value->end;) {
    u32 p = next_point(&at);
    if (++read > 256) return LENGTH;
    if (is_space(p)) { space = kept > 0; continue; }
    if (space && ++kept <= LONGEST) append(normal, ' ');
    if (++kept <= LONGEST) append(normal, p);
    space = false;
    barred |= is_barred(p);
    named |= p > 0x7e || (p | 32) - 'a' < 26;
  }
  return kept > LONGEST ? LENGTH : barred ? CHARACTERS : !kept ? ABSENT : named ? RIGHT : FORMAT;
}
