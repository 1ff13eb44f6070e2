// The little pattern language of the tables.
//
//   n a c      a digit, a letter A-Z, a digit or letter       n5      five of them      n5~8   five to eight, as many as there are
//   [2-9KX]    one of a set, with a count like the others     'GX1'   exactly this text
//   space -    inserted in the normal form                    <LT->   inserted likewise
//   |          between alternatives, tried from left to right
#include "validator.h"

typedef struct { const char *set; char kind; u32 least, most; } Token;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

static u32 count(const char **at, u32 otherwise) {
  if (!is_digit(**at)) return otherwise;
  u32 n = 0;
  while (is_digit(**at)) n = n * 10 + *(*at)++ - '0';
  return n;
}

static bool in_set(const char *set, char c) {
  for (; *set != ']'; set++) {
    if (set[1] == '-' && set[2] != ']') {
      if (c >= set[0] && c <= set[2]) return true;
      set += 2;
    } else if (c == *set) return true;
  }
  return false;
}

static bool is_one(const Token *token, char c) {
  switch (token->kind) {
    case 'n': return is_digit(c);
    case 'a': return is_letter(c);
    case 'c': return is_digit(c) || is_letter(c);
    default: return in_set(token->set, c);
  }
}

// Reads n, a, c or [set] with its count; false at the marks that stand for themselves.
static bool token_at(const char **at, Token *token) {
  token->kind = **at;
  if (token->kind == '[') {
    token->set = *at + 1;
    while (**at != ']') ++*at;
  } else if (token->kind != 'n' && token->kind != 'a' && token->kind != 'c') return false;
  ++*at;
  token->least = token->most = count(at, 1);
  if (**at == '~') ++*at, token->most = count(at, 0);
  return true;
}

static void add(Text *layout, char c) { if (layout) layout->s[layout->n++] = c; }

// One alternative. `at` ends behind it only if it fits; `layout` may be half written if it does not.
static bool fits_one(const char *at, const char *text, u32 n, Text *layout) {
  u32 done = 0;
  Token token;
  while (*at && *at != '|') {
    if (token_at(&at, &token)) {
      u32 i = 0;
      for (; i < token.most && done < n && is_one(&token, text[done]); i++) add(layout, text[done++]);
      if (i < token.least) return false;
    } else if (*at == '\'') {
      for (at++; *at != '\''; at++) {
        if (done == n || text[done] != *at) return false;
        add(layout, text[done++]);
      }
      at++;
    } else if (*at == '<') {
      for (at++; *at != '>'; at++) add(layout, *at);
      at++;
    } else add(layout, *at++);
  }
  return done == n;
}

// Does the text fit, and if so, what is its normal form?
bool fits(const char *pattern, const char *text, u32 n, Text *layout) {
  const u32 start = layout ? layout->n : 0;
  for (const char *at = pattern;; at++) {
    if (fits_one(at, text, n, layout)) return true;
    if (layout) layout->n = start;
    while (*at && *at != '|') at++;
    if (!*at) return false;
  }
}

// Does any alternative have texts of this length?
bool has_length(const char *at, u32 n) {
  u32 least = 0, most = 0;
  Token token;
  for (;;) {
    if (token_at(&at, &token)) least += token.least, most += token.most;
    else if (*at == '\'') for (at++; *at++ != '\'';) least++, most++;
    else if (*at == '<') while (*at++ != '>');
    else if (*at && *at != '|') at++;
    else {
      if (n >= least && n <= most) return true;
      if (!*at++) return false;
      least = most = 0;
    }
  }
}

// Is it all digits and letters A-Z? What all_in says for "A-Z0-9]", and quicker.
bool all_plain(const char *text, u32 n) {
  for (u32 i = 0; i < n; i++) if (!is_digit(text[i]) && !is_letter(text[i])) return false;
  return true;
}

// Is every character in the set? `classes` is written as between brackets, with the closing one.
bool all_in(const char *classes, const char *text, u32 n) {
  for (u32 i = 0; i < n; i++) if (!in_set(classes, text[i])) return false;
  return true;
}
