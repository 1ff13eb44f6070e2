// Postcodes by country, in pattern.c's language; the patterns also say how the code is cut and what stands before it.
#include "validator.h"

typedef struct { char country[3]; const char *pattern; } Rule;

#define INWARD "n[ABD-HJLNP-UW-Z]2"
#define ISLAND(letters) "'" letters "'n " INWARD "|'" letters "'n2 " INWARD
#define AREA "[A-PR-UWYZ]"
#define AREAS AREA "[A-HK-Y]"

static const Rule RULES[] = {
  { "AD", "<AD>[1-7]'00'" }, { "AL", "[1-9]n3" }, { "AM", "n4" }, { "AR", "[1-9]n3|[A-HJ-NP-Z][1-9]n3a3" }, { "AT", "[1-9]n3" },
  { "AU", "[1-9]n3|'0'[289]n2" }, { "AZ", "<AZ>n4" }, { "BA", "[78]n4" }, { "BD", "[1-9]n3" }, { "BE", "[1-9]n3" }, { "BG", "[1-9]n3" },
  { "BR", "n5-n3" }, { "BY", "'2'n5" }, { "CA", "[ABCEGHJ-NPRSTVXY]n[ABCEGHJ-NPRSTV-Z] n[ABCEGHJ-NPRSTV-Z]n" }, { "CH", "[1-9]n3" },
  { "CL", "[1-9]n6" }, { "CN", "n6" }, { "CO", "n6" }, { "CR", "[1-7]n4" }, { "CY", "[1-9]n3" }, { "CZ", "[1-7]n2 n2" },
  { "DE", "'0'[1-9]n3|[1-9]n4" }, { "DK", "n4" }, { "DO", "n5" }, { "DZ", "n5" }, { "EC", "n6" }, { "EE", "[1-9]n4" }, { "EG", "[1-9]n4" },
  { "ES", "'0'[1-9]n3|[1-4]n4|'5'[0-2]n3" }, { "FI", "n5" }, { "FO", "[1-9]n2" }, { "FR", "'0'[1-9]n3|[1-8]n4|'9'[0-8]n3" },
  { "GB", "'GIR' '0AA'|" AREA "n " INWARD "|" AREA "n2 " INWARD "|" AREAS "n " INWARD "|" AREAS "n2 " INWARD "|" AREA
    "n[ABCDEFGHJKPSTUW] " INWARD "|" AREAS "n[ABEHMNPRVWXY] " INWARD },
  { "GE", "n4" }, { "GG", ISLAND("GY") }, { "GI", "'GX11' '1AA'" }, { "GL", "'39'n2" }, { "GR", "[1-8]n2 n2" }, { "HR", "[1-5]n4" },
  { "HU", "[1-9]n3" }, { "ID", "[1-9]n4" }, { "IE", "'D6W' [0-9AC-FHKNPRTV-Y]4|[AC-FHKNPRTV-Y]n2 [0-9AC-FHKNPRTV-Y]4" }, { "IL", "n7" },
  { "IM", ISLAND("IM") }, { "IN", "[1-9]n5" }, { "IS", "[1-9]n2" }, { "IT", "n5" }, { "JE", ISLAND("JE") }, { "JO", "n5" }, { "JP", "n3-n4" },
  { "KE", "n5" }, { "KR", "[0-6]n4" }, { "KZ", "n6" }, { "LI", "'948'[5-9]|'949'[0-8]" }, { "LK", "n5" }, { "LT", "<LT->n5" },
  { "LU", "[1-9]n3" }, { "LV", "<LV->[1-5]n3" }, { "MA", "[1-9]n4" }, { "MC", "'980'n2" }, { "MD", "<MD->n4" }, { "ME", "'8'n4" },
  { "MK", "[12]n3" }, { "MT", "a3 n4" }, { "MX", "n5" }, { "MY", "n5" }, { "NG", "n6" }, { "NL", "[1-9]n3 [A-RT-Z]a|[1-9]n3 'S'[BCE-RT-Z]" },
  { "NO", "n4" }, { "NZ", "n4" }, { "PE", "n5" }, { "PH", "n4" }, { "PK", "[1-9]n4" }, { "PL", "n2-n3" }, { "PT", "[1-9]n3-n3" }, { "RO", "n6" },
  { "RS", "[1-3]n4" }, { "RU", "[1-6]n5" }, { "SA", "[1-9]n4" }, { "SE", "[1-9]n2 n2" }, { "SG", "n6" }, { "SI", "[1-9]n3" },
  { "SK", "[089]n2 n2" }, { "SM", "'4789'n" }, { "TH", "[1-9]n4" }, { "TN", "[1-9]n3" }, { "TR", "'0'[1-9]n3|[1-7]n4|'8'[01]n3" },
  { "TW", "n3|n5|n6" }, { "UA", "n5" }, { "US", "n5|n5-n4" }, { "UZ", "n6" }, { "VA", "'00120'" }, { "VN", "n5|n6" }, { "XK", "[1-7]n4" },
  { "ZA", "n4" },
};

// What people write before the code besides the two letters of the country.
static const char SIGNS[][2][4] = {
  { "AT", "A" }, { "BE", "B" }, { "DE", "D" }, { "ES", "E" }, { "FI", "FIN" }, { "FR", "F" }, { "HU", "H" }, { "IT", "I" }, { "LU", "L" },
  { "NO", "N" }, { "PT", "P" }, { "SE", "S" }, { "SI", "SLO" },
};

static const char *pattern_of(const char *country) {
  const Rule *rule = find(RULES, sizeof RULES, sizeof *RULES, country);
  return rule ? rule->pattern : 0;
}

bool postcode_known(const char *country) { return pattern_of(country) != 0; }

static bool fits_after(const char *sign, const char *pattern, const char *s, u32 n, Text *normal) {
  u32 i = 0;
  for (; sign[i]; i++) if (i == n || s[i] != sign[i]) return false;
  return fits(pattern, s + i, n - i, normal);
}

Code check_postcode(const Text *value, const Place *place, Text *normal) {
  if (!all_in("-A-Z0-9 ]", value->s, value->n)) return CHARACTERS;
  if (!place->in[0]) return place->broken ? SKIPPED : COUNTRY;
  char s[256];
  const u32 n = without(" -", value, s);
  if (!n) return FORMAT;
  const char *pattern = pattern_of(place->in);
  if (!pattern) {
    if (n > 12) return LENGTH;
    *normal = *value;
    return RIGHT;
  }
  normal->n = 0;
  const char letters[3] = { place->in[0], place->in[1], 0 };
  if (fits_after("", pattern, s, n, normal) || fits_after(letters, pattern, s, n, normal)) return RIGHT;
  for (u32 i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
    if (same2(SIGNS[i][0], place->in) && fits_after(SIGNS[i][1], pattern, s, n, normal)) return RIGHT;
  }
  return FORMAT;
}
