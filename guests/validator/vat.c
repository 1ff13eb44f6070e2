// VAT numbers: the prefix, the country it belongs to, the shape, the check.
#include "vat.h"

// Rows of one prefix stand together; their shapes exclude each other.
typedef struct { char prefix[3]; const char *countries, *shape; Check *check; } Row;

static const Row ROWS[] = {
  { "AT", "AT", "'U'n8", austria },
  { "BE", "BE", "[01]n9", belgium },
  { "BG", "BG", "n9", bulgaria },
  { "BG", "BG", "n10", unchecked },
  { "CH", "CH", "'E'n9|'E'n9'MWST'|'E'n9'TVA'|'E'n9'IVA'|'E'n9'TPV'", switzerland },
  { "CY", "CY", "n8a", cyprus },
  { "CZ", "CZ", "[0-8]n7", czechia },
  { "CZ", "CZ", "n9~10", unchecked },
  { "DE", "DE", "[1-9]n8", iso_11_10 },
  { "DK", "DK", "[1-9]n7", denmark },
  { "EE", "EE", "n9", estonia },
  { "EL", "GR", "n9", greece },
  { "ES", "ES", "n8a", spain_person },
  { "ES", "ES", "[XYZ]n7a", spain_foreigner },
  { "ES", "ES", "[KLM]n7a", spain_other },
  { "ES", "ES", "[A-HJNP-SUVW]n7[0-9A-J]", spain_company },
  { "FI", "FI", "n8", finland },
  { "FR", "FRMC", "[0-9A-HJ-NP-Z]2n9", france },
  { "GB", "GBIM", "n9|n12", britain },
  { "GB", "GBIM", "'GD'[0-4]n2|'HA'[5-9]n2", unchecked },
  { "HR", "HR", "n11", iso_11_10 },
  { "HU", "HU", "n8", hungary },
  { "IE", "IE", "n7[A-W]1~2", ireland },
  { "IE", "IE", "nan5[A-W]", ireland_old },
  { "IT", "IT", "n11", luhn },
  { "LT", "LT", "n7'1'n", lithuania_9 },
  { "LT", "LT", "n10'1'n", lithuania_12 },
  { "LU", "LU", "n8", luxembourg },
  { "LV", "LV", "[4-9]n10", latvia },
  { "LV", "LV", "[0-3]n10", unchecked },
  { "MT", "MT", "[1-9]n7", malta },
  { "NL", "NL", "n9'B'n2", netherlands },
  { "NO", "NO", "n9|n9'MVA'", norway },
  { "PL", "PL", "n10", poland },
  { "PT", "PT", "[1-9]n8", portugal },
  { "RO", "RO", "[1-9]n1~9", romania },
  { "SE", "SE", "n10'01'", sweden },
  { "SI", "SI", "[1-9]n7", slovenia },
  { "SK", "SK", "[1-9]n[2-47-9]n7", slovakia },
  { "XI", "GB", "n9|n12", britain },
  { "XI", "GB", "'GD'[0-4]n2|'HA'[5-9]n2", unchecked },
};
enum { COUNT = sizeof ROWS / sizeof *ROWS };

const char *vat_prefix(u32 i) {
  u32 row = 0;
  while (row < COUNT && i) if (++row < COUNT && !same2(ROWS[row].prefix, ROWS[row - 1].prefix)) i--;
  return row < COUNT ? ROWS[row].prefix : 0;
}

static bool lists(const Row *row, const char *country) {
  for (const char *at = row->countries; *at; at += 2) if (same2(at, country)) return true;
  return false;
}

static const Row *row_of_prefix(const char *prefix) {
  if (same2(prefix, "GR")) prefix = "EL";
  for (u32 i = 0; i < COUNT; i++) if (same2(ROWS[i].prefix, prefix)) return &ROWS[i];
  return 0;
}

static const Row *row_of_country(const char *country) {
  for (u32 i = 0; i < COUNT; i++) if (lists(&ROWS[i], country)) return &ROWS[i];
  return 0;
}

static bool only_zeros(const char *s, u32 n) {
  for (u32 i = 0; i < n; i++) if (is_digit(s[i]) && s[i] != '0') return false;
  return true;
}

Code check_vat(const Text *value, const Place *place, Text *normal) {
  char s[256];
  u32 n = without(" -./", value, s);
  if (!n) return FORMAT;
  if (!all_plain(s, n)) return CHARACTERS;
  const char *rest = s;
  const Row *row = n < 2 ? 0 : row_of_prefix(s);
  if (row) rest += 2, n -= 2;
  else if (place->broken) return SKIPPED;
  else if (!(row = row_of_country(place->in))) return COUNTRY;
  if (place->in[0] && !lists(row, place->in)) return COUNTRY;

  bool length = false;
  for (const char *prefix = row->prefix; row < ROWS + COUNT && same2(row->prefix, prefix); row++) {
    length |= has_length(row->shape, n);
    if (!fits(row->shape, rest, n, 0)) continue;
    if (only_zeros(rest, n)) return FORMAT;
    if (!row->check(rest, n)) return CHECKSUM;
    normal->s[0] = prefix[0], normal->s[1] = prefix[1], normal->n = n + 2;
    for (u32 i = 0; i < n; i++) normal->s[i + 2] = rest[i];
    return RIGHT;
  }
  return length ? FORMAT : LENGTH;
}
