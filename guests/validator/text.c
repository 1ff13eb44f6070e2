// The contents of a JSON string as code points, and the folding that forgives what people paste.
#include "validator.h"

static u32 four(const u8 *at) {
  u32 unit = 0;
  for (u32 i = 0; i < 4; i++) unit = unit << 4 | (at[i] <= '9' ? at[i] - '0' : (at[i] | 32) - 'a' + 10);
  return unit;
}

// Bytes and escapes were checked before; a lone surrogate comes out as itself.
u32 next_point(const u8 **place) {
  const u8 *at = *place;
  u32 point = *at++;
  if (point == '\\') {
    point = *at++;
    switch (point) {
      case 'b': point = '\b'; break;
      case 'f': point = '\f'; break;
      case 'n': point = '\n'; break;
      case 'r': point = '\r'; break;
      case 't': point = '\t'; break;
      case 'u':
        point = four(at), at += 4;
        // The closing quote stops these two comparisons at the end of the string.
        if (point >> 10 == 0x36 && at[0] == '\\' && at[1] == 'u' && four(at + 2) >> 10 == 0x37) {
          point = 0x10000 + ((point & 0x3ff) << 10) + (four(at + 2) & 0x3ff), at += 6;
        }
    }
  } else if (point >= 0xf0) point = (point & 7) << 18 | (at[0] & 63) << 12 | (at[1] & 63) << 6 | (at[2] & 63), at += 3;
  else if (point >= 0xe0) point = (point & 15) << 12 | (at[0] & 63) << 6 | (at[1] & 63), at += 2;
  else if (point >= 0xc0) point = (point & 31) << 6 | (*at++ & 63);
  *place = at;
  return point;
}

bool is_space(u32 p) {
  return p == ' ' || (p >= 9 && p <= 13) || p == 0x85 || p == 0xa0 || p == 0x1680 || (p >= 0x2000 && p <= 0x200a) || p == 0x2028
    || p == 0x2029 || p == 0x202f || p == 0x205f || p == 0x3000;
}

static bool is_invisible(u32 p) {
  return p == 0xad || (p >= 0x200b && p <= 0x200f) || (p >= 0x202a && p <= 0x202e) || (p >= 0x2060 && p <= 0x2064)
    || (p >= 0x2066 && p <= 0x2069) || p == 0xfeff;
}

static u32 folded(u32 p) {
  if (is_space(p)) return ' ';
  if ((p >= 0x2010 && p <= 0x2015) || p == 0x2212) return '-';
  return p >= 0xff01 && p <= 0xff5e ? p - 0xfee0 : p;
}

// RULES.md 4. A space is held back until something follows it, which trims both ends and makes runs one.
Code fold(const Slot *value, bool upper, Text *text) {
  u32 points = 0;
  bool space = false, strange = false;
  text->n = 0;
  for (const u8 *at = value->at; at < value->end;) {
    u32 p = next_point(&at);
    if (++points > 256) return LENGTH;
    if (p < '!' || p > '~') {
      if (is_invisible(p)) continue;
      p = folded(p);
      if (p == ' ') { space = text->n > 0; continue; }
      if (p < '!' || p > '~') { strange = true; continue; }
    }
    if (space) text->s[text->n++] = ' ', space = false;
    text->s[text->n++] = upper && p >= 'a' && p <= 'z' ? p - 32 : p;
  }
  return strange ? CHARACTERS : text->n ? RIGHT : ABSENT;
}

// Copies the text less the characters in `dropped`; `kept` has room for all of it.
u32 without(const char *dropped, const Text *text, char *kept) {
  u32 n = 0;
  for (u32 i = 0; i < text->n; i++) {
    const char *d = dropped;
    while (*d && *d != text->s[i]) d++;
    if (!*d) kept[n++] = text->s[i];
  }
  return n;
}
