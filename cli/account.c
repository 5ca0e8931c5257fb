/* SPDX-License-Identifier: MIT
 * The account of an import, in full: what was read, what was understood, what was not.
 * Never a name or a word of a message; labels are the paths the user gave. */
#define _DEFAULT_SOURCE
#include <inttypes.h>
#include <time.h>

#include "import.h"
#include "talk.h"

static const char *order_name(ebb_date_order_t order)
{
    switch (order) {
    case EBB_DATE_STATED:
        return "stated by the format";
    case EBB_DATE_DMY:
        return "day, month, year";
    case EBB_DATE_MDY:
        return "month, day, year";
    case EBB_DATE_YMD:
        return "year, month, day";
    case EBB_DATE_YDM:
        return "year, day, month";
    case EBB_DATE_MIXED:
        return "of several styles, told apart span by span";
    }
    return "unknown";
}

static const char *certainty_name(ebb_certainty_t certainty)
{
    switch (certainty) {
    case EBB_CERTAIN:
        return "certain";
    case EBB_LIKELY:
        return "likely";
    case EBB_AMBIGUOUS:
        return "AMBIGUOUS: another order would fit as well";
    }
    return "unknown";
}

static void tell_counts(const ebb_source_t *s)
{
    talk("  %" PRIu64 " lines or records: %" PRIu64 " events", s->lines, s->events);
    if (s->continuation) {
        talk(", %" PRIu64 " lines that go on", s->continuation);
    }
    talk(", %" PRIu64 " not understood\n", s->not_understood);
}

static void tell_positions(const ebb_source_t *s)
{
    uint64_t kept =
        s->not_understood < EBB_POSITIONS_KEPT ? s->not_understood : EBB_POSITIONS_KEPT;
    for (uint64_t i = 0; i < kept; i++) {
        const ebb_position_t *p = &s->positions[i];
        talk("  %s:%" PRIu64 ":%" PRIu64 ": %s\n", s->label, p->line, p->column,
             p->reason ? p->reason : "not understood");
    }
    if (s->not_understood > kept) {
        talk("  ... and %" PRIu64 " more\n", s->not_understood - kept);
    }
}

static void tell_withheld(const ebb_source_t *s)
{
    if (s->undecrypted) {
        talk("  %" PRIu64 " of the events could not be decrypted by the app that "
             "exported them: sender and time count, their length is not known\n",
             s->undecrypted);
    }
    if (s->disappearing) {
        talk("  %" PRIu64
             " left out: set to disappear (--keep-disappearing counts them)\n",
             s->disappearing);
    }
}

/* The order that is most easily mistaken for this one. */
static const char *rival_name(ebb_date_order_t order)
{
    switch (order) {
    case EBB_DATE_DMY:
        return "month first";
    case EBB_DATE_MDY:
        return "day first";
    case EBB_DATE_YMD:
        return "the day before the month";
    case EBB_DATE_YDM:
        return "the month before the day";
    case EBB_DATE_STATED:
    case EBB_DATE_MIXED:
        break;
    }
    return "another order";
}

/* What the certainty rests on. */
static void tell_evidence(const ebb_source_t *s)
{
    uint64_t n = s->date_evidence;
    bool one = n == 1;
    if (s->date_order == EBB_DATE_MIXED) {
        talk(" (%" PRIu64 " %s of a rarer style)", n, one ? "line is" : "lines are");
    } else if (s->date_certainty == EBB_CERTAIN) {
        talk(" (%" PRIu64 " %s no other order)", n, one ? "line fits" : "lines fit");
    } else {
        talk(" (%" PRIu64 " %s against %s)", n, one ? "line speaks" : "lines speak",
             rival_name(s->date_order));
    }
}

static void tell_dates(const ebb_source_t *s)
{
    talk("  dates: %s", order_name(s->date_order));
    if (s->date_order != EBB_DATE_STATED) {
        talk("; %s", certainty_name(s->date_certainty));
        if (s->date_evidence) {
            tell_evidence(s);
        }
    }
    talk("\n  times: %s; zone %s\n",
         s->minute_clock ? "to the minute" : "to the second",
         s->zone_known ? "known"
         : s->instants ? "not known: hours of the day are UTC's; --tz ZONE tells it"
                       : "not known: when the clocks change, an hour may be off; "
                         "--tz ZONE tells it");
    if (s->reordered) {
        talk("  %" PRIu64 " events stood out of order and were sorted\n", s->reordered);
    }
}

static void tell_source(const ebb_source_t *s)
{
    talk("%s: %s%s%s\n", s->label, s->format, s->dialect[0] ? ", " : "", s->dialect);
    tell_counts(s);
    tell_positions(s);
    tell_withheld(s);
    tell_dates(s);
    if (s->cap_suspected) {
        talk("  it looks cut by the app's limit: earlier messages may be missing\n");
    }
}

/* "2025-03-01" of a wall clock. */
static void date_text(char *text, size_t size, int64_t local_s)
{
    time_t seconds = (time_t)local_s;
    struct tm date;
    if (!gmtime_r(&seconds, &date) || strftime(text, size, "%Y-%m-%d", &date) == 0) {
        text[0] = '\0';
    }
}

static void tell_gap(const ebb_gap_t *gap)
{
    char begin[16], end[16];
    date_text(begin, sizeof begin, gap->begin_s);
    date_text(end, sizeof end, gap->end_s);
    talk("nothing from %s to %s (%" PRId64 " days)\n", begin, end,
         (gap->end_s - gap->begin_s) / 86400);
}

void account_tell(const ebb_account_t *account)
{
    for (size_t i = 0; i < account->source_count; i++) {
        tell_source(&account->sources[i]);
    }
    for (size_t i = 0; i < account->gap_count; i++) {
        tell_gap(&account->gaps[i]);
    }
    if (account->duplicates) {
        talk("%" PRIu64 " events stood in more than one file and count once\n",
             account->duplicates);
    }
    if (account->dropped_persons) {
        talk("%" PRIu64 " events of other persons were left out\n",
             account->dropped_persons);
    }
    if (account->ambiguous_times) {
        talk("%" PRIu64 " times fall where the clock changed: an hour may be off\n",
             account->ambiguous_times);
    }
}
