// Phone numbers to E.164, by the numbering plans of RULES.md 8.
#include "validator.h"

typedef struct { const char *countries, *code, *trunk, *plan; } Plan;

static const Plan PLANS[] = {
  { "AE", "971", "0", "[2-9]n7~8" },
  { "AT", "43", "0", "[1-9]n5~12" },
  { "AU", "61", "0", "[2-478]n8|'1'[38]'00'n6" },
  { "BE", "32", "0", "[1-9]n7|'4'n8" },
  { "BG", "359", "0", "[2-9]n6~8" },
  { "BR", "55", "0", "[1-9]2[2-9]n7~8" },
  { "CAUS", "1", "1", "[2-9]n2[2-9]n6" },
  { "CH", "41", "0", "[2-9]n8" },
  { "CN", "86", "0", "'1'[3-9]n9|'10'n8|[2-9]n9~10" },
  { "CY", "357", "", "[2-9]n7" },
  { "CZ", "420", "", "[2-9]n8" },
  { "DE", "49", "0", "'1'[5-7]n8~9|[2-9]n5~10" },
  { "DK", "45", "", "[2-9]n7" },
  { "EE", "372", "", "[3-9]n6~7" },
  { "ES", "34", "", "[6-9]n8" },
  { "FI", "358", "0", "[1-9]n5~9" },
  { "FR", "33", "0", "[1-9]n8" },
  { "GBGGIMJE", "44", "0", "[1-35789]n9|'1'n8" },
  { "GR", "30", "", "[26-9]n9" },
  { "HK", "852", "", "[2-9]n7" },
  { "HR", "385", "0", "[1-9]n7~8" },
  { "HU", "36", "06", "[1-9]n7|[2357]n8" },
  { "IE", "353", "0", "[1-9]n6~8" },
  { "IL", "972", "0", "[2-9]n7~8" },
  { "IN", "91", "0", "[1-9]n9" },
  { "IS", "354", "", "[3-9]n6" },
  { "ITVA", "39", "", "'0'n5~10|'3'n8~9|'8'n5~9" },
  { "JP", "81", "0", "[1-9]n8~9" },
  { "KR", "82", "0", "[1-9]n7~9" },
  { "KZRU", "7", "8", "[346789]n9" },
  { "LI", "423", "", "[2-9]n6|'6'n8" },
  { "LT", "370", "0", "[3-9]n7" },
  { "LU", "352", "", "[2-9]n5~8" },
  { "LV", "371", "", "[26-9]n7" },
  { "MC", "377", "", "[3-9]n7|'6'n8" },
  { "MT", "356", "", "[2-9]n7" },
  { "MX", "52", "", "[2-9]n9" },
  { "NL", "31", "0", "[1-9]n8" },
  { "NO", "47", "", "[2-9]n7" },
  { "NZ", "64", "0", "[2-9]n7~9" },
  { "PL", "48", "", "[1-9]n8" },
  { "PT", "351", "", "[2-9]n8" },
  { "RO", "40", "0", "[2378]n8" },
  { "RS", "381", "0", "[1-9]n6~8" },
  { "SA", "966", "0", "[15]n8|'8'n9" },
  { "SE", "46", "0", "[1-9]n6~8" },
  { "SG", "65", "", "[3689]n7" },
  { "SI", "386", "0", "[1-9]n7" },
  { "SK", "421", "0", "[2-9]n8" },
  { "TH", "66", "0", "[2-9]n7~8" },
  { "TR", "90", "0", "[2-9]n9" },
  { "UA", "380", "0", "[3-9]n8" },
  { "ZA", "27", "0", "[1-9]n8" },
};
enum { COUNT = sizeof PLANS / sizeof *PLANS };

// What to dial before a calling code, where it is not 00.
static const char *const PREFIXES[][2] = { { "CAUS", "011" }, { "AU", "0011" }, { "JP", "010" }, { "KZRU", "810" }, { "HKKRSGTH", "001" } };

static bool among(const char *countries, const char *country) {
  for (; *countries; countries += 2) if (same2(countries, country)) return true;
  return false;
}

static const Plan *plan_of(const char *country) {
  for (u32 i = 0; i < COUNT; i++) if (among(PLANS[i].countries, country)) return &PLANS[i];
  return 0;
}

bool phone_known(const char *country) { return plan_of(country) != 0; }

// The length of `prefix` if the text begins with it, else 0.
static u32 begins(const char *text, u32 n, const char *prefix) {
  u32 i = 0;
  for (; prefix[i]; i++) if (i == n || text[i] != prefix[i]) return 0;
  return i;
}

static void append(Text *text, const char *s, u32 n) { for (u32 i = 0; i < n; i++) text->s[text->n++] = s[i]; }

static Code national(const Plan *plan, const char *s, u32 n, Text *normal) {
  for (const char *code = plan->code; *code; code++) normal->s[normal->n++] = *code;
  if (fits(plan->plan, s, n, normal)) return RIGHT;
  u32 trunk = begins(s, n, plan->trunk);
  if (trunk && fits(plan->plan, s + trunk, n - trunk, normal)) return RIGHT;
  return has_length(plan->plan, n - trunk) ? FORMAT : LENGTH;
}

static Code international(const char *s, u32 n, Text *normal) {
  if (!n || *s == '0') return FORMAT;
  if (n < 7 || n > 15) return LENGTH;
  for (u32 i = 0; i < COUNT; i++) {
    u32 code = begins(s, n, PLANS[i].code);
    if (code) return national(&PLANS[i], s + code, n - code, normal);
  }
  append(normal, s, n);
  return RIGHT;
}

Code check_phone(const Text *value, const Place *place, Text *normal) {
  if (!all_in("-+0-9 .()/]", value->s, value->n)) return CHARACTERS;
  char s[256];
  const u32 n = without(" -.()/", value, s);
  const bool plus = n && s[0] == '+';
  if (n == plus || !all_in("0-9]", s + plus, n - plus)) return FORMAT;
  normal->s[0] = '+', normal->n = 1;
  if (plus) return international(s + 1, n - 1, normal);
  const char *prefix = "00";
  for (u32 i = 0; i < sizeof PREFIXES / sizeof *PREFIXES; i++) if (among(PREFIXES[i][0], place->in)) prefix = PREFIXES[i][1];
  u32 dialled = begins(s, n, prefix);
  if (dialled) return international(s + dialled, n - dialled, normal);
  if (place->broken) return SKIPPED;
  const Plan *plan = plan_of(place->in);
  return plan ? national(plan, s, n, normal) : COUNTRY;
}
