/* SPDX-License-Identifier: MIT
 *
 * Time zones by IANA name. ICU is asked once, at opening, for every change of offset
 * from 1970 to 2100; after that a look-up is a binary search in a table of our own.
 *
 * A change at instant t from offset `before` to `after` disturbs the wall clock between
 * t + min(before, after) and t + max(before, after):
 *
 *     after > before   those wall clocks never occur   (clock set forward: a gap)
 *     after < before   those wall clocks occur twice   (clock set back: an overlap)
 *
 * Invariant: changes are in order of t, neighbours' offsets are equal
 * (changes[i].after == changes[i + 1].before), before != after, and disturbed stretches
 * of the wall clock do not overlap (held by the tests for every zone).
 */
#include <string.h>

#include <unicode/ucal.h>
#include <unicode/uenum.h>

#include "core/memory.h"
#include "messages/reader.h"

/* 2100-01-01 00:00 UTC; rules beyond it would be guesses, its last offset is kept. */
#define ZONE_END_S INT64_C(4102444800)
#define ZONE_CHANGES_MAX 2000
#define ZONE_NAME_MAX 64

typedef struct zone_change {
    int64_t instant_s;
    int32_t before_s, after_s;
} zone_change_t;

struct ebb_zone {
    const ebb_alloc_t *alloc;
    zone_change_t *changes;
    size_t count, capacity;
    int32_t first_s; /* offset before the first change */
};

/* ICU keeps three-letter names of its own which IANA does not have and which mean other
 * things to people: its BST is Dhaka, not London. */
static bool is_private_to_icu(const char *name)
{
    static const char words[] = "ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT "
                                "IET IST JST MIT NET NST PLT PNT PRT PST SST VST ";
    return strlen(name) == 3 && strstr(words, name) != NULL;
}

static char zone_letter(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c == ' ' || c == '-' ? '_' : c);
}

/* Levenshtein distance of two short names, blind to case and to " ", "-", "_". */
static size_t name_distance(const char *a, const char *b)
{
    size_t row[ZONE_NAME_MAX + 1];
    size_t a_length = strlen(a), b_length = strlen(b);
    if (a_length > ZONE_NAME_MAX || b_length > ZONE_NAME_MAX) {
        return ZONE_NAME_MAX;
    }
    for (size_t j = 0; j <= b_length; j++) {
        row[j] = j;
    }
    for (size_t i = 0; i < a_length; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b_length; j++) {
            size_t best = diagonal + (zone_letter(a[i]) != zone_letter(b[j]));
            diagonal = row[j + 1];
            best = best < diagonal + 1 ? best : diagonal + 1;
            row[j + 1] = best < row[j] + 1 ? best : row[j] + 1;
        }
    }
    return row[b_length];
}

/* The distance to a zone's whole name or to its place alone ("berlin"), in half steps
 * so that of equals the whole name wins. */
static size_t hint_distance(const char *wanted, const char *zone)
{
    const char *place = strrchr(zone, '/');
    size_t whole = 2 * name_distance(wanted, zone);
    size_t alone = place ? 2 * name_distance(wanted, place + 1) + 1 : whole;
    return whole < alone ? whole : alone;
}

/* Puts the known zone whose name is nearest to `wanted` into `hint`; empty if none is
 * near. */
static void find_zone_hint(char hint[ZONE_NAME_MAX + 1], const char *wanted)
{
    hint[0] = '\0';
    UErrorCode status = U_ZERO_ERROR;
    UEnumeration *names =
        ucal_openTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL, NULL, NULL, &status);
    size_t best = 2 * (strlen(wanted) / 3 + 1) + 2;
    int32_t length = 0;
    const char *name = NULL;
    while (U_SUCCESS(status) && (name = uenum_next(names, &length, &status)) != NULL) {
        size_t distance = hint_distance(wanted, name);
        if (distance < best && length <= ZONE_NAME_MAX) {
            best = distance;
            memcpy(hint, name, (size_t)length + 1);
        }
    }
    uenum_close(names);
}

static int fail_unknown_zone(const char *name, ebb_error_t *error)
{
    char hint[ZONE_NAME_MAX + 1];
    if (is_private_to_icu(name)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "time zone '%s' can mean several places; give a place, such as "
                        "Europe/London",
                        name);
    }
    find_zone_hint(hint, name);
    if (hint[0]) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "unknown time zone '%.64s'; did you mean '%s'?", name, hint);
    }
    return ebb_fail(error, EBB_ERR_ARGUMENT,
                    "unknown time zone '%.64s'; give an IANA name such as "
                    "Europe/Berlin or America/New_York",
                    name);
}

/* Opens ICU's calendar for a zone it knows, else NULL. ICU's identifiers are plain
 * ASCII. */
static UCalendar *open_calendar(const char *name)
{
    UChar id[ZONE_NAME_MAX + 1];
    UChar canonical[2 * ZONE_NAME_MAX];
    UBool is_system = 0;
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = 0;
    for (; name[length]; length++) {
        if (length == ZONE_NAME_MAX || (unsigned char)name[length] >= 0x80) {
            return NULL;
        }
        id[length] = (UChar)name[length];
    }
    if (length == 0 || is_private_to_icu(name)) {
        return NULL;
    }
    ucal_getCanonicalTimeZoneID(id, length, canonical, 2 * ZONE_NAME_MAX, &is_system,
                                &status);
    if (U_FAILURE(status) || strcmp(name, "Etc/Unknown") == 0) {
        return NULL;
    }
    UCalendar *calendar = ucal_open(id, length, "en", UCAL_GREGORIAN, &status);
    return U_SUCCESS(status) ? calendar : NULL;
}

static int32_t icu_offset(UCalendar *calendar, int64_t instant_s, UErrorCode *status)
{
    ucal_setMillis(calendar, (UDate)instant_s * 1000.0, status);
    return (ucal_get(calendar, UCAL_ZONE_OFFSET, status) +
            ucal_get(calendar, UCAL_DST_OFFSET, status)) /
           1000;
}

static int add_zone_change(ebb_zone_t *zone, zone_change_t change)
{
    void *grown = zone->changes;
    int code =
        ebb_grow(zone->alloc, &grown, &zone->capacity, zone->count + 1, sizeof change);
    zone->changes = grown;
    if (!code) {
        zone->changes[zone->count++] = change;
    }
    return code;
}

/* Tabulates the changes of offset in [1970, 2100); changes of the zone's mere name are
 * passed over. */
static int tabulate_zone(ebb_zone_t *zone, UCalendar *calendar, UErrorCode *status)
{
    int32_t offset = icu_offset(calendar, 0, status);
    zone->first_s = offset;
    for (int i = 0; i < ZONE_CHANGES_MAX; i++) {
        UDate next_ms = 0;
        UBool found = ucal_getTimeZoneTransitionDate(calendar, UCAL_TZ_TRANSITION_NEXT,
                                                     &next_ms, status);
        int64_t instant_s = (int64_t)(next_ms / 1000.0);
        if (U_FAILURE(*status) || !found || instant_s >= ZONE_END_S) {
            break;
        }
        zone_change_t change = {.instant_s = instant_s, .before_s = offset};
        change.after_s = offset = icu_offset(calendar, instant_s, status);
        if (change.before_s != change.after_s && add_zone_change(zone, change)) {
            return EBB_ERR_MEMORY;
        }
    }
    return EBB_OK;
}

int ebb_zone_open(ebb_zone_t **zone, const char *name, const ebb_alloc_t *alloc,
                  ebb_error_t *error)
{
    *zone = NULL;
    UCalendar *calendar = open_calendar(name);
    if (!calendar) {
        return fail_unknown_zone(name, error);
    }
    alloc = alloc ? alloc : ebb_alloc_default();
    ebb_zone_t *made = ebb_new_array(alloc, 1, sizeof *made);
    UErrorCode status = U_ZERO_ERROR;
    int code = EBB_ERR_MEMORY;
    if (made) {
        made->alloc = alloc;
        code = tabulate_zone(made, calendar, &status);
    }
    ucal_close(calendar);
    if (code || U_FAILURE(status)) {
        ebb_zone_free(made);
        return ebb_fail(error, EBB_ERR_MEMORY, "no memory for time zone '%.64s'", name);
    }
    *zone = made;
    return EBB_OK;
}

void ebb_zone_free(ebb_zone_t *zone)
{
    if (zone) {
        const ebb_alloc_t *alloc = zone->alloc;
        ebb_free_array(alloc, zone->changes, zone->capacity, sizeof *zone->changes);
        ebb_free_array(alloc, zone, 1, sizeof *zone);
    }
}

int32_t ebb_zone_offset_at(const ebb_zone_t *zone, int64_t instant_s)
{
    size_t low = 0, high = zone->count; /* changes before `low` have happened */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->changes[middle].instant_s <= instant_s) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == 0 ? zone->first_s : zone->changes[low - 1].after_s;
}

/* The wall clock at which a change begins to show, and the one at which it is over. */
static int64_t disturbed_from(const zone_change_t *change)
{
    return change->instant_s +
           (change->before_s < change->after_s ? change->before_s : change->after_s);
}

static int64_t disturbed_until(const zone_change_t *change)
{
    return change->instant_s +
           (change->before_s < change->after_s ? change->after_s : change->before_s);
}

/* How many changes have begun to show on the wall clock. */
static size_t changes_shown(const ebb_zone_t *zone, int64_t local_s)
{
    size_t low = 0, high = zone->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (disturbed_from(&zone->changes[middle]) <= local_s) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

int32_t ebb_zone_offset_of_local(const ebb_zone_t *zone, int64_t local_s, bool second,
                                 bool *ambiguous)
{
    size_t shown = changes_shown(zone, local_s);
    *ambiguous = false;
    if (shown == 0) {
        return zone->first_s;
    }
    const zone_change_t *change = &zone->changes[shown - 1];
    if (local_s >= disturbed_until(change)) {
        return change->after_s;
    }
    *ambiguous = true;
    bool is_gap = change->after_s > change->before_s;
    return is_gap || !second ? change->before_s : change->after_s;
}

ebb_calm_t ebb_zone_calm(const ebb_zone_t *zone, int64_t local_s)
{
    size_t shown = changes_shown(zone, local_s);
    ebb_calm_t calm = {INT64_MIN, INT64_MAX, zone->first_s};
    if (shown > 0) {
        calm.from_s = disturbed_until(&zone->changes[shown - 1]);
        calm.offset_s = zone->changes[shown - 1].after_s;
    }
    if (shown < zone->count) {
        calm.until_s = disturbed_from(&zone->changes[shown]);
    }
    return calm;
}
