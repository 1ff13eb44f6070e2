// Calendar days in the ways people write them.
#include "validator.h"

// The order is that of the digits groups in the text; each pattern is one way to write it.
static const char YEAR_FIRST[] = "n4'-'n1~2'-'n1~2|n4'/'n1~2'/'n1~2|n4'.'n1~2'.'n1~2|n4'.'n1~2'.'n1~2'.'";
static const char YEAR_LAST[] = "n1~2'.'n1~2'.'n4|n1~2'.'n1~2'.'n4'.'|n1~2'-'n1~2'-'n4|n1~2'/'n1~2'/'n4";

static bool is_day(u32 year, u32 month, u32 day) {
  static const u8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  if (month < 1 || month > 12 || day < 1) return false;
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= days[month - 1] + (u32)(month == 2 && leap);
}

// The next group of digits; `at` goes behind the separator after it.
static u32 group(const char **at, const char *end) {
  const char *from = *at;
  while (*at < end && is_digit(**at)) ++*at;
  u32 n = number(from, *at - from);
  if (*at < end) ++*at;
  return n;
}

static void two(char *at, u32 n) { at[0] = '0' + n / 10, at[1] = '0' + n % 10; }

Code check_date(const Text *value, const Place *place, Text *normal) {
  char s[256];
  const u32 n = without(" ", value, s);
  if (!all_in("-0-9./]", s, n)) return CHARACTERS;
  u32 year, month, day;
  const char *at = s, *end = s + n;
  if (fits("n8", s, n, 0)) {
    year = number(s, 4), month = number(s + 4, 2), day = number(s + 6, 2);
  } else if (fits(YEAR_FIRST, s, n, 0)) {
    year = group(&at, end), month = group(&at, end), day = group(&at, end);
  } else if (fits(YEAR_LAST, s, n, 0)) {
    u32 first = group(&at, end);
    bool month_first = at[-1] == '/' && same2(place->in, "US");
    u32 second = group(&at, end);
    year = group(&at, end), month = month_first ? first : second, day = month_first ? second : first;
  } else return FORMAT;
  if (year < 1900 || year > 2099) return RANGE;
  if (!is_day(year, month, day)) return CALENDAR;
  two(normal->s, year / 100), two(normal->s + 2, year % 100), two(normal->s + 5, month), two(normal->s + 8, day);
  normal->s[4] = normal->s[7] = '-', normal->n = 10;
  return RIGHT;
}
