/* SPDX-License-Identifier: MIT
 *
 * The day a date of an export means, whichever calendar the phone was set to.
 *
 * WhatsApp has existed since 2009, so a year tells its calendar: 2552 is Buddhist (the
 * Gregorian year and 543), 1388 Persian, 1430 Islamic (Umm al-Qura, of Saudi Arabia).
 * The last two are ICU's; to open one takes far longer than to ask it, so each stays
 * open for as long as dates are read.
 */
#include <unicode/ucal.h>

#include "core/calendar.h"
#include "messages/whatsapp.h"

#define YEAR_FIRST 1900 /* what lies outside is no date of a message */
#define YEAR_LAST 2199

/* The calendar of a locale, opened when it is first asked for; NULL when ICU cannot. */
static UCalendar *foreign_calendar(void **calendar, const char *locale)
{
    if (!*calendar) {
        UErrorCode status = U_ZERO_ERROR;
        *calendar = ucal_open(u"UTC", -1, locale, UCAL_TRADITIONAL, &status);
        if (U_FAILURE(status)) {
            ucal_close(*calendar);
            *calendar = NULL;
        }
    }
    return *calendar;
}

static int64_t foreign_day(UCalendar *calendar, ebb_date_t date)
{
    UErrorCode status = U_ZERO_ERROR;
    if (!calendar) {
        return EBB_WA_NO_DAY;
    }
    ucal_setAttribute(calendar, UCAL_LENIENT, 0);
    ucal_clear(calendar);
    ucal_setDate(calendar, date.year, date.month - 1, date.day, &status);
    double ms = ucal_getMillis(calendar, &status);
    return U_FAILURE(status) ? EBB_WA_NO_DAY
                             : ebb_floor_div((int64_t)ms, EBB_DAY_S * INT64_C(1000));
}

int64_t ebb_wa_day(ebb_wa_calendars_t *calendars, ebb_date_t date)
{
    if (date.year < 9) {
        return EBB_WA_NO_DAY; /* two digits: before there was WhatsApp */
    }
    if (date.year < 100) {
        date.year += date.year < 52 ? 2000 : 1957; /* from 52 on Buddhist: 2552 */
    } else if (date.year >= 1388 && date.year < 1430) {
        return foreign_day(foreign_calendar(&calendars->persian, "fa@calendar=persian"),
                           date);
    } else if (date.year >= 1430 && date.year < 1500) {
        return foreign_day(
            foreign_calendar(&calendars->islamic, "ar@calendar=islamic-umalqura"),
            date);
    } else if (date.year >= 2552 && date.year < 2700) {
        date.year -= 543;
    }
    bool known = date.year >= YEAR_FIRST && date.year <= YEAR_LAST;
    return known && ebb_date_is_valid(date) ? ebb_days_from_date(date) : EBB_WA_NO_DAY;
}

void ebb_wa_calendars_close(ebb_wa_calendars_t *calendars)
{
    ucal_close(calendars->persian);
    ucal_close(calendars->islamic);
    *calendars = (ebb_wa_calendars_t){0};
}
