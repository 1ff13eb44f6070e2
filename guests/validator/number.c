// The arithmetic behind check digits. The callers have made sure of the shapes: digits are digits.
#include "validator.h"

u32 number(const char *digits, u32 n) {
  u32 sum = 0;
  for (u32 i = 0; i < n; i++) sum = sum * 10 + digits[i] - '0';
  return sum;
}

// Each digit times its weight; weights are written 1 to 9 and A for 10.
u32 weigh(const char *digits, const char *weights) {
  u32 sum = 0;
  for (; *weights; weights++, digits++) sum += (u32)(*digits - '0') * (*weights == 'A' ? 10 : *weights - '0');
  return sum;
}

// ISO 7064 MOD 97,10: letters count as two digits. Goes on from `state`, so that a number can be given in parts.
u32 mod97(u32 state, const char *text, u32 n) {
  u64 sum = state;
  for (u32 i = 0; i < n; i++) {
    char c = text[i];
    sum = is_digit(c) ? sum * 10 + c - '0' : sum * 100 + c - 'A' + 10;
    if (sum >> 56) sum %= 97; // a division is dear, and seldom needed
  }
  return sum % 97;
}

bool luhn(const char *digits, u32 n) {
  u32 sum = 0;
  for (u32 i = 0; i < n; i++) {
    u32 d = (digits[i] - '0') << ((n - i) % 2 == 0);
    sum += d > 9 ? d - 9 : d;
  }
  return sum % 10 == 0;
}

bool iso_11_10(const char *digits, u32 n) {
  u32 p = 10;
  for (u32 i = 0; i + 1 < n; i++) {
    u32 s = (p + digits[i] - '0') % 10;
    p = (s ? s : 10) * 2 % 11;
  }
  return (11 - p) % 10 == (u32)(digits[n - 1] - '0');
}
