// The check digits of VAT numbers. `s` is the number behind its prefix, of the shape that vat.c names beside the check; RULES.md 10 has
// each check in words.
#include "vat.h"

static u32 at(const char *s, u32 i) { return (u32)(s[i] - '0'); }
static bool zero(const char *s, const char *weights, u32 modulus) { return weigh(s, weights) % modulus == 0; }

bool unchecked(const char *s, u32 n) { return true; }

bool austria(const char *s, u32 n) {
 
  const char *d = s + 1;
  u32 sum = 4;
  for (u32 i = 0; i < 7; i++) sum += i % 2 ? at(d, i) * 2 % 10 + at(d, i) * 2 / 10 : at(d, i);
  return at(d, 7) == (10 - sum % 10) % 10;
}

bool belgium(const char *s, u32 n) { return number(s + 8, 2) == 97 - number(s, 8) % 97; }

// Bulgaria and Lithuania: a second row of weights where the first gives 10.
static bool twice(const char *s, u32 last, const char *weights, const char *again) {
  u32 sum = weigh(s, weights) % 11;
  if (sum == 10) sum = weigh(s, again) % 11;
  return at(s, last) == sum % 10;
}

bool bulgaria(const char *s, u32 n) { return twice(s, 8, "12345678", "3456789A"); }
bool lithuania_9(const char *s, u32 n) { return twice(s, 8, "12345678", "34567891"); }
bool lithuania_12(const char *s, u32 n) { return twice(s, 11, "12345678912", "34567891234"); }
bool switzerland(const char *s, u32 n) { return (11 - weigh(s + 1, "54327654") % 11) % 11 == at(s, 9); }

bool cyprus(const char *s, u32 n) {
  static const u8 odd[] = { 1, 0, 5, 7, 9, 13, 15, 17, 19, 21 };
  u32 sum = 0;
  for (u32 i = 0; i + 1 < n; i++) sum += i % 2 ? at(s, i) : odd[at(s, i)];
  return s[8] == (char)('A' + sum % 26);
}

bool czechia(const char *s, u32 n) {
 
  u32 check = (11 - weigh(s, "8765432") % 11) % 11;
  return at(s, 7) == (check ? check % 10 : 1);
}

bool denmark(const char *s, u32 n) { return zero(s, "27654321", 11); }
bool estonia(const char *s, u32 n) { return zero(s, "371371371", 10); }

bool greece(const char *s, u32 n) {
 
  u32 sum = 0;
  for (u32 i = 0; i < 8; i++) sum = (sum + at(s, i)) * 2;
  return at(s, 8) == sum % 11 % 10;
}

static bool spanish_letter(u32 value, char letter) { return "TRWAGMYFPDXBNJZSQVHLCKE"[value % 23] == letter; }
bool spain_person(const char *s, u32 n) { return spanish_letter(number(s, 8), s[8]); }
bool spain_foreigner(const char *s, u32 n) { return spanish_letter((u32)(s[0] - 'X') * 10000000 + number(s + 1, 7), s[8]); }
bool spain_other(const char *s, u32 n) { return spanish_letter(number(s + 1, 7), s[8]); }

bool spain_company(const char *s, u32 n) {
 
  char digits[8];
  for (u32 i = 0; i < 7; i++) digits[i] = s[i + 1];
  u32 check = 0;
  for (digits[7] = '0'; !luhn(digits, 8); digits[7]++) check++;
  return s[8] == (char)('0' + check) || s[8] == "JABCDEFGHI"[check];
}

bool finland(const char *s, u32 n) { return zero(s, "79A58421", 11); }

// Numbers of Monaco begin with 000 and are no SIREN.
bool france(const char *s, u32 n) {
 
  if (!luhn(s + 2, 9) && number(s + 2, 3)) return false;
  return !is_digit(s[0]) || !is_digit(s[1]) || number(s, 2) == (number(s + 2, 9) % 97 * 100 + 12) % 97;
}

bool britain(const char *s, u32 n) {
 
  u32 remainder = (weigh(s, "8765432") + number(s + 7, 2)) % 97;
  return remainder == 0 || remainder == 42;
}

bool hungary(const char *s, u32 n) { return zero(s, "97319731", 10); }

static bool irish(const char *seven, char second, char check) {
  u32 value = second == 'W' ? 0 : second - 'A' + 1;
  return "WABCDEFGHIJKLMNOPQRSTUV"[(weigh(seven, "8765432") + 9 * value) % 23] == check;
}

bool ireland(const char *s, u32 n) { return irish(s, n == 9 ? s[8] : 'W', s[7]); }

// The older form has a letter in second place; the first digit then stands last of the seven.
bool ireland_old(const char *s, u32 n) {
 
  const char seven[7] = { '0', s[2], s[3], s[4], s[5], s[6], s[0] };
  return irish(seven, 'W', s[7]);
}

bool luxembourg(const char *s, u32 n) { return number(s, 6) % 89 == number(s + 6, 2); }
bool latvia(const char *s, u32 n) { return weigh(s, "91483A25761") % 11 == 3; }
bool malta(const char *s, u32 n) { return zero(s, "346789A1", 37); }

bool netherlands(const char *s, u32 n) {
  return weigh(s, "98765432") % 11 == at(s, 8) || mod97(mod97(0, "NL", 2), s, n) == 1;
}

bool norway(const char *s, u32 n) { return zero(s, "327654321", 11); }
bool poland(const char *s, u32 n) { return weigh(s, "657234567") % 11 == at(s, 9); }

bool portugal(const char *s, u32 n) {
 
  u32 check = 11 - weigh(s, "98765432") % 11;
  return at(s, 8) == (check >= 10 ? 0 : check);
}

// Fewer than ten digits mean zeros on the left, so the weights are counted from the right.
bool romania(const char *s, u32 n) { return weigh(s, &"753217532"[10 - n]) * 10 % 11 % 10 == at(s, n - 1); }
bool sweden(const char *s, u32 n) { return luhn(s, 10); }

bool slovenia(const char *s, u32 n) {
 
  u32 check = 11 - weigh(s, "8765432") % 11;
  return check != 11 && at(s, 7) == check % 10;
}

bool slovakia(const char *s, u32 n) { return (number(s, 5) % 11 * 100000 + number(s + 5, 5)) % 11 == 0; }
