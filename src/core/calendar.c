/* SPDX-License-Identifier: MIT
 * Civil dates as day counts. The year is taken to begin in March, so that the leap day
 * is its last day, and eras of 400 years (146,097 days) repeat exactly. Source: H.
 * Hinnant, "chrono-compatible low-level date algorithms" (2013), the idea only. */
#include "core/calendar.h"

#include <stdio.h>

int64_t ebb_floor_div(int64_t a, int64_t b)
{
    int64_t q = a / b;
    return a % b < 0 ? q - 1 : q;
}

int64_t ebb_days_from_date(ebb_date_t date)
{
    int64_t year = (int64_t)date.year - (date.month <= 2);
    int64_t era = ebb_floor_div(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t month_from_march = (date.month + 9) % 12;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era -
           719468; /* 719,468 days from 0000-03-01 to 1970 */
}

ebb_date_t ebb_date_from_days(int64_t days)
{
    days += 719468;
    int64_t era = ebb_floor_div(days, 146097);
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) /
        365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int32_t month =
        (int32_t)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    return (ebb_date_t){
        .year = (int32_t)(year_of_era + era * 400 + (month <= 2)),
        .month = month,
        .day = (int32_t)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
    };
}

bool ebb_date_is_valid(ebb_date_t date)
{
    static const int8_t length[12] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date.month < 1 || date.month > 12 || date.day < 1 ||
        date.day > length[date.month - 1]) {
        return false;
    }
    bool leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
    return date.month != 2 || date.day < 29 || leap;
}

int ebb_weekday(int64_t days)
{
    int64_t shifted = days + 3; /* 1970-01-01 was a Thursday */
    return (int)(shifted - 7 * ebb_floor_div(shifted, 7));
}

void ebb_wall_format(char text[EBB_WALL_SIZE], int64_t local_s)
{
    int64_t days = ebb_floor_div(local_s, EBB_DAY_S);
    int second = (int)(local_s - days * EBB_DAY_S);
    ebb_date_t date = ebb_date_from_days(days);
    (void)snprintf(text, EBB_WALL_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d", date.year,
                   date.month, date.day, second / 3600, second / 60 % 60, second % 60);
}
