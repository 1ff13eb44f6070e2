// ISO 3166-1 alpha-2 and XK: for each first letter, the second letters in use.
#include "validator.h"

static const char *const SECOND[26] = {
  "DEFGILMOQRSTUWXZ", "ABDEFGHIJLMNOQRSTVWYZ", "ACDFGHIKLMNORUVWXYZ", "EJKMOZ", "CEGHRST", "IJKMOR", "ABDEFGHILMNPQRSTUWY",
  "KMNRTU", "DELMNOQRST", "EMOP", "EGHIMNPRWYZ", "ABCIKRSTUVY", "ACDEFGHKLMNOPQRSTUVWXYZ", "ACEFGILOPRUZ", "M", "AEFGHKLMNRSTWY",
  "A", "EOSUW", "ABCDEGHIJKLMNORSTVXYZ", "CDFGHJKLMNORTVWZ", "AGMSYZ", "ACEGINU", "FS", "K", "ET", "AMW",
};

// The row of a table, sorted by the two letters that each row begins with, or null.
const void *find(const void *table, u32 size, u32 row, const char *country) {
  u32 from = 0, to = size / row;
  while (from < to) {
    u32 middle = (from + to) / 2;
    const char *at = (const char *)table + middle * row;
    int order = at[0] == country[0] ? at[1] - country[1] : at[0] - country[0];
    if (!order) return at;
    if (order < 0) from = middle + 1;
    else to = middle;
  }
  return 0;
}

bool country_known(const char *country) {
  for (const char *second = SECOND[country[0] - 'A']; *second; second++) if (*second == country[1]) return true;
  return false;
}

// From one country to the next in alphabetical order; starts at "A@", and is false at the end.
bool country_next(char *country) {
  do {
    if (country[1]++ == 'Z') {
      if (country[0]++ == 'Z') return false;
      country[1] = 'A';
    }
  } while (!country_known(country));
  return true;
}

Code check_country(const Text *value, Text *normal) {
  if (!all_in("A-Z]", value->s, value->n)) return CHARACTERS;
  if (value->n != 2) return LENGTH;
  const char *country = same2(value->s, "UK") ? "GB" : same2(value->s, "EL") ? "GR" : value->s;
  if (!country_known(country)) return COUNTRY;
  normal->s[0] = country[0], normal->s[1] = country[1], normal->n = 2;
  return RIGHT;
}
