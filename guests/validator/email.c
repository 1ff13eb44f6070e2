// The addresses that shops can deliver to: dot-atoms before the @, a public host name after it.
#include "validator.h"

static const char ATOM[] = "-A-Za-z0-9!#$%&'*+/=?^_`{|}~]", LABEL[] = "-A-Za-z0-9]", LETTER[] = "A-Za-z]";

// The length of the piece at `at`, up to a dot or the end.
static u32 piece(const char *at, const char *end) {
  u32 n = 0;
  while (at + n < end && at[n] != '.') n++;
  return n;
}

static bool local_part(const char *at, const char *end) {
  for (;; at++) {
    u32 n = piece(at, end);
    if (!n || !all_in(ATOM, at, n)) return false;
    if ((at += n) == end) return true;
  }
}

static bool punycode(const char *at, u32 n) {
  return n >= 4 && (at[0] | 32) == 'x' && (at[1] | 32) == 'n' && at[2] == '-' && at[3] == '-';
}

static bool host(const char *at, const char *end) {
  for (u32 labels = 1;; at++, labels++) {
    u32 n = piece(at, end);
    if (!n || n > 63 || !all_in(LABEL, at, n) || at[0] == '-' || at[n - 1] == '-') return false;
    if (at + n == end) return labels > 1 && (punycode(at, n) || (n > 1 && all_in(LETTER, at, n)));
    at += n;
  }
}

Code check_email(const Text *value, Text *normal) {
  const char *s = value->s, *end = s + value->n, *middle = 0;
  for (const char *at = s; at < end; at++) {
    if (*at == ' ' || (*at == '@' && middle)) return FORMAT;
    if (*at == '@') middle = at;
  }
  if (!middle || middle == s || middle + 1 == end) return FORMAT;
  if (middle - s > 64 || end - middle - 1 > 253 || value->n > 254) return LENGTH;
  if (!local_part(s, middle) || !host(middle + 1, end)) return FORMAT;
  normal->n = value->n;
  for (u32 i = 0; i < value->n; i++) normal->s[i] = s + i > middle && s[i] >= 'A' && s[i] <= 'Z' ? s[i] | 32 : s[i];
  return RIGHT;
}
