// What the files of the validator share. RULES.md says what each of them must do; nothing here needs a C library.
#pragma once
#include <isopod.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;

// RULES.md 3: the closed set of codes, then three results that are never shown.
typedef enum { TYPE, LENGTH, CHARACTERS, FORMAT, CHECKSUM, COUNTRY, RANGE, CALENDAR, CODES, RIGHT = CODES, ABSENT, SKIPPED } Code;

// The order of the fields in every verdict.
typedef enum { NAME, EMAIL, PHONE, LAND, POSTCODE, VAT, IBAN, DATE, FIELDS } Field;

// 100 code points of a name are at most 400 bytes; every other value is at most 256 bytes, and a normal form adds at most 4 to it.
typedef struct { u32 n; char s[404]; } Text;

// A value of the record: the bytes between its quotes, still escaped.
typedef struct { enum { MISSING, STRING, OTHER } kind; const u8 *at, *end; } Slot;

// The country in force; in[0] is 0 if there is none.
typedef struct { char in[2]; bool broken; } Place;

// json.c, text.c
typedef enum { SIZE, EMPTY, UTF8, JSON, OBJECT, RECORD_CODES, READ = RECORD_CODES } RecordCode;
RecordCode read_record(const u8 *at, u32 n, Slot slots[FIELDS]);
u32 next_point(const u8 **at);
bool is_space(u32 point);
Code fold(const Slot *value, bool upper, Text *text);
u32 without(const char *dropped, const Text *text, char *kept);

// pattern.c, number.c
bool fits(const char *pattern, const char *text, u32 n, Text *layout);
bool has_length(const char *pattern, u32 n);
bool all_in(const char *classes, const char *text, u32 n);
bool all_plain(const char *text, u32 n);
bool is_digit(char c);
u32 number(const char *digits, u32 n);
u32 weigh(const char *digits, const char *weights);
u32 mod97(u32 state, const char *text, u32 n);
bool luhn(const char *digits, u32 n);
bool iso_11_10(const char *digits, u32 n);

// One file each. A rule reads folded text and writes the normal form; it returns RIGHT or what is wrong.
Code check_name(const Slot *value, Text *normal);
Code check_email(const Text *value, Text *normal);
Code check_country(const Text *value, Text *normal);
Code check_phone(const Text *value, const Place *place, Text *normal);
Code check_postcode(const Text *value, const Place *place, Text *normal);
Code check_vat(const Text *value, const Place *place, Text *normal);
Code check_iban(const Text *value, Text *normal);
Code check_date(const Text *value, const Place *place, Text *normal);

// What is supported, country by country; iban_length is 0 for countries without IBANs, vat_prefix is 0 behind the last.
const void *find(const void *table, u32 size, u32 row, const char *country);
bool country_known(const char *country);
bool country_next(char *country);
bool phone_known(const char *country);
bool postcode_known(const char *country);
const char *vat_prefix(u32 i);
u32 iban_length(const char *country);

// verdict.c, rules.c
extern const char *const field_names[FIELDS];
void write_verdict(const u8 *record, u32 n, Buffer *out);
void write_record_error(RecordCode code, Buffer *out);
void write_rules(Buffer *out);
void put(Buffer *out, const char *text);

static inline bool same2(const char *a, const char *b) { return a[0] == b[0] && a[1] == b[1]; }
