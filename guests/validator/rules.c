// What is supported, as JSON for a user interface (RULES.md 13).
#include "validator.h"

enum { RULES_ROOM = 8192 };

static void put_item(Buffer *out, const char *text, bool *first) {
  put(out, *first ? "\"" : ",\"");
  put(out, text);
  put(out, "\"");
  *first = false;
}

static void put_countries(Buffer *out, const char *key, bool (*known)(const char *country)) {
  char country[3] = "A@";
  bool first = true;
  put(out, key);
  while (country_next(country)) if (known(country)) put_item(out, country, &first);
}

void write_rules(Buffer *out) {
  buffer_reserve(out, RULES_ROOM);
  bool first = true;
  put(out, "{\"fields\":[");
  for (Field field = 0; field < FIELDS; field++) put_item(out, field_names[field], &first);
  put_countries(out, "],\"country\":[", country_known);
  put_countries(out, "],\"phone\":[", phone_known);
  put_countries(out, "],\"postcode\":[", postcode_known);
  put(out, "],\"vat\":[");
  first = true;
  const char *prefix;
  for (u32 i = 0; (prefix = vat_prefix(i)); i++) put_item(out, prefix, &first);
  put(out, "],\"iban\":{");
  char country[3] = "A@";
  first = true;
  while (country_next(country)) {
    const u32 length = iban_length(country);
    if (!length) continue;
    const char digits[] = { ':', (char)('0' + length / 10), (char)('0' + length % 10), 0 };
    put_item(out, country, &first);
    put(out, digits);
  }
  put(out, "}}");
}
