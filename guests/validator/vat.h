#pragma once
#include "validator.h"

// Is the number right? The shape of its `n` characters has been checked.
typedef bool Check(const char *s, u32 n);

Check unchecked, austria, belgium, bulgaria, lithuania_9, lithuania_12, switzerland, cyprus, czechia, denmark, estonia,
  greece, spain_person, spain_foreigner, spain_other, spain_company, finland, france, britain, hungary, ireland,
  ireland_old, luxembourg, latvia, malta, netherlands, norway, poland, portugal, romania, sweden, slovenia, slovakia;
