// One record in, one verdict out (RULES.md 2 and 3).
#include "validator.h"

const char *const field_names[FIELDS] = { "name", "email", "phone", "country", "postcode", "vat", "iban", "date" };
static const char *const CODE_NAMES[CODES] = { "type", "length", "characters", "format", "checksum", "country", "range", "calendar" };
static const char *const RECORD_NAMES[RECORD_CODES] = { "size", "empty", "utf8", "json", "object" };

// Above what any verdict takes: eight names, codes and normal forms, the longest of which is a name of 400 bytes.
enum { VERDICT_ROOM = 4096 };

// Into room that is there already, which is what makes it short.
void put(Buffer *out, const char *text) {
  while (*text) out->at[out->n++] = *text++;
}

static void put_string(Buffer *out, const Text *text) {
  put(out, "\"");
  for (u32 i = 0; i < text->n; i++) {
    if (text->s[i] == '"' || text->s[i] == '\\') put(out, "\\");
    out->at[out->n++] = text->s[i];
  }
  put(out, "\"");
}

static void put_key(Buffer *out, const char *key, bool first) {
  put(out, first ? "\"" : ",\"");
  put(out, key);
  put(out, "\":");
}

static Code check(Field field, const Slot *slot, const Place *place, Text *normal) {
  if (slot->kind == MISSING) return ABSENT;
  if (slot->kind == OTHER) return TYPE;
  if (field == NAME) return check_name(slot, normal);
  Text value;
  Code code = fold(slot, field != EMAIL && field != PHONE && field != DATE, &value);
  if (code != RIGHT) return code;
  switch (field) {
    case EMAIL: return check_email(&value, normal);
    case PHONE: return check_phone(&value, place, normal);
    case LAND: return check_country(&value, normal);
    case POSTCODE: return check_postcode(&value, place, normal);
    case VAT: return check_vat(&value, place, normal);
    case IBAN: return check_iban(&value, normal);
    default: return check_date(&value, place, normal);
  }
}

void write_record_error(RecordCode code, Buffer *out) {
  buffer_reserve(out, VERDICT_ROOM);
  put(out, "{\"ok\":false,\"errors\":{\"record\":\"");
  put(out, RECORD_NAMES[code]);
  put(out, "\"},\"normal\":{}}");
}

void write_verdict(const u8 *record, u32 n, Buffer *out) {
  Slot slots[FIELDS];
  Text normal[FIELDS];
  Code codes[FIELDS];
  for (Field field = 0; field < FIELDS; field++) slots[field].kind = MISSING;
  RecordCode read = read_record(record, n, slots);
  if (read != READ) {
    write_record_error(read, out);
    return;
  }
  buffer_reserve(out, VERDICT_ROOM);

  // The country first: other fields are read in its light.
  Place place = { "", false };
  codes[LAND] = check(LAND, &slots[LAND], &place, &normal[LAND]);
  place.broken = codes[LAND] < CODES;
  if (codes[LAND] == RIGHT) place.in[0] = normal[LAND].s[0], place.in[1] = normal[LAND].s[1];
  u32 wrong = 0, right = 0;
  for (Field field = 0; field < FIELDS; field++) {
    if (field != LAND) codes[field] = check(field, &slots[field], &place, &normal[field]);
    wrong += codes[field] < CODES;
  }

  put(out, wrong ? "{\"ok\":false,\"errors\":{" : "{\"ok\":true,\"normal\":{");
  if (wrong) {
    wrong = 0;
    for (Field field = 0; field < FIELDS; field++) {
      if (codes[field] >= CODES) continue;
      put_key(out, field_names[field], !wrong++);
      put(out, "\"");
      put(out, CODE_NAMES[codes[field]]);
      put(out, "\"");
    }
    put(out, "},\"normal\":{");
  }
  for (Field field = 0; field < FIELDS; field++) {
    if (codes[field] != RIGHT) continue;
    put_key(out, field_names[field], !right++);
    put_string(out, &normal[field]);
  }
  put(out, "}}");
}
