/* SPDX-License-Identifier: MIT
 * Days and dates of the proleptic Gregorian calendar, without any zone. */
#ifndef EBB_CORE_CALENDAR_H
#define EBB_CORE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#define EBB_DAY_S 86400
#define EBB_WEEK_S 604800

typedef struct ebb_date {
    int32_t year;
    int32_t month; /* 1..12 */
    int32_t day;   /* 1..31 */
} ebb_date_t;

/* Days since 1970-01-01; the date must be valid. Exact for years -5,000,000..5,000,000.
 */
int64_t ebb_days_from_date(ebb_date_t date);

/* The date of a day count; the inverse of ebb_days_from_date. */
ebb_date_t ebb_date_from_days(int64_t days);

/* Whether the date exists (months of right length, leap years). */
bool ebb_date_is_valid(ebb_date_t date);

/* Day of the week of a day count: 0 Monday ... 6 Sunday. */
int ebb_weekday(int64_t days);

/* floor(a / b) for b > 0, also for negative a. */
int64_t ebb_floor_div(int64_t a, int64_t b);

/* "YYYY-MM-DDTHH:MM:SS" of a wall clock, for years 0..9999. */
#define EBB_WALL_SIZE 32
void ebb_wall_format(char text[EBB_WALL_SIZE], int64_t local_s);

#endif
