// One JSON text, read once, without recursion and without copying: the fields stay where they are in the input.
#include "validator.h"

enum { DEEPEST = 64, LONGEST = 65536, NAME_ROOM = 9 };

typedef struct { const u8 *at, *end; u64 objects; u32 depth; } Scan; // bit d-1 of objects: level d is an object

static bool valid_utf8(const u8 *at, const u8 *end) {
  while (at < end) {
    u64 eight;
    if (end - at >= 8 && (__builtin_memcpy(&eight, at, 8), !(eight & 0x8080808080808080))) { at += 8; continue; }
    u8 first = *at++;
    if (first < 0x80) continue;
    u32 more = first < 0xc2 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : 0;
    if (!more || (u32)(end - at) < more) return false;
    // The second byte alone rules out overlong forms, surrogates and what lies above U+10FFFF.
    u8 low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80, high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (*at < low || *at > high) return false;
    for (u32 i = 1; i < more; i++) if ((at[i] & 0xc0) != 0x80) return false;
    at += more;
  }
  return true;
}

static bool is_white(u8 c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
static int hex(u8 c) { return is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1; }

static void skip_white(Scan *scan) { while (scan->at < scan->end && is_white(*scan->at)) scan->at++; }
static bool eat(Scan *scan, u8 c) { return scan->at < scan->end && *scan->at == c && (scan->at++, true); }

static bool word(Scan *scan, const char *text) {
  while (*text) if (!eat(scan, *text++)) return false;
  return true;
}

// The quotes are checked and left out of the slot.
static bool string(Scan *scan, Slot *slot) {
  if (!eat(scan, '"')) return false;
  for (slot->at = scan->at; scan->at < scan->end; scan->at++) {
    u8 c = *scan->at;
    if (c < 0x20) return false;
    if (c == '"') { slot->end = scan->at++; return true; }
    if (c != '\\') continue;
    if (++scan->at == scan->end) return false;
    switch (*scan->at) {
      case '"': case '\\': case '/': case 'b': case 'f': case 'n': case 'r': case 't': break;
      case 'u':
        if (scan->end - scan->at < 5) return false;
        for (u32 i = 0; i < 4; i++) if (hex(*++scan->at) < 0) return false;
        break;
      default: return false;
    }
  }
  return false;
}

static bool digits(Scan *scan) {
  const u8 *from = scan->at;
  while (scan->at < scan->end && is_digit(*scan->at)) scan->at++;
  return scan->at > from;
}

static bool json_number(Scan *scan) {
  eat(scan, '-');
  if (!eat(scan, '0') && !digits(scan)) return false;
  if (eat(scan, '.') && !digits(scan)) return false;
  if (!eat(scan, 'e') && !eat(scan, 'E')) return true;
  if (!eat(scan, '+')) eat(scan, '-');
  return digits(scan);
}

static bool open(Scan *scan, bool object) {
  if (scan->depth == DEEPEST) return false;
  u64 bit = 1ull << scan->depth++;
  scan->objects = object ? scan->objects | bit : scan->objects & ~bit;
  scan->at++;
  return true;
}

static bool key(Scan *scan, Slot *name) {
  skip_white(scan);
  if (!string(scan, name)) return false;
  skip_white(scan);
  return eat(scan, ':');
}

// One value of any kind, from its first byte to its last; `slot` learns where a string is.
static bool value(Scan *scan, Slot *slot) {
  const u32 floor = scan->depth;
  Slot inner;
  for (;;) {
    skip_white(scan);
    if (scan->at == scan->end) return false;
    u8 c = *scan->at;
    bool opened = c == '{' || c == '[';
    if (opened) {
      if (!open(scan, c == '{')) return false;
      skip_white(scan);
      if (scan->at == scan->end) return false;
      if (*scan->at != (c == '{' ? '}' : ']')) {
        if (c == '{' && !key(scan, &inner)) return false;
        continue;
      }
    } else if (!(c == '"' ? string(scan, slot) : c == 't' ? word(scan, "true") : c == 'f' ? word(scan, "false") : c == 'n' ? word(scan, "null") : json_number(scan))) return false;
    // Behind a value: close what ends here, until a comma asks for another value.
    for (;; opened = false) {
      if (scan->depth == floor) return true;
      bool object = scan->objects >> (scan->depth - 1) & 1;
      if (!opened) skip_white(scan);
      if (eat(scan, object ? '}' : ']')) { scan->depth--; continue; }
      if (!eat(scan, ',')) return false;
      if (object && !key(scan, &inner)) return false;
      break;
    }
  }
}

// The field a name means, after unescaping, or FIELDS.
static Field field_of(const Slot *name) {
  char plain[NAME_ROOM];
  u32 n = 0;
  for (const u8 *at = name->at; at < name->end;) {
    u32 point = next_point(&at);
    if (point > 0x7e || n == NAME_ROOM) return FIELDS;
    plain[n++] = (char)point;
  }
  for (Field field = 0; field < FIELDS; field++) {
    const char *known = field_names[field];
    u32 i = 0;
    while (i < n && known[i] == plain[i] && known[i]) i++;
    if (i == n && !known[i]) return field;
  }
  return FIELDS;
}

static bool members(Scan *scan, Slot slots[FIELDS]) {
  open(scan, true);
  skip_white(scan);
  if (eat(scan, '}')) return true;
  do {
    Slot name, slot;
    if (!key(scan, &name)) return false;
    skip_white(scan);
    if (scan->at == scan->end) return false;
    slot.kind = *scan->at == '"' ? STRING : *scan->at == 'n' ? MISSING : OTHER;
    if (!value(scan, &slot)) return false;
    Field field = field_of(&name);
    if (field < FIELDS) slots[field] = slot;
    skip_white(scan);
  } while (eat(scan, ','));
  return eat(scan, '}');
}

RecordCode read_record(const u8 *at, u32 n, Slot slots[FIELDS]) {
  if (n > LONGEST) return SIZE;
  Scan scan = { at, at + n, 0, 0 };
  Slot ignored;
  skip_white(&scan);
  if (scan.at == scan.end) return EMPTY;
  if (!valid_utf8(scan.at, scan.end)) return UTF8;
  bool object = *scan.at == '{';
  if (!(object ? members(&scan, slots) : value(&scan, &ignored))) return JSON;
  skip_white(&scan);
  return scan.at < scan.end ? JSON : object ? READ : OBJECT;
}
