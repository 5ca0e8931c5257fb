/* SPDX-License-Identifier: MIT
 * From events to contacts: which events count, on which clock, and ties spread. */
#include "cycle/contacts.h"

#include <math.h>

#include "core/calendar.h"
#include "core/memory.h"
#include "messages/history.h"

#define EARLIEST_S ((int64_t)-2208988800) /* 1900-01-01 */
#define LATEST_S ((int64_t)4102444800)    /* 2100-01-01 */

/* Whether an event counts, and as what. */
static bool classify(const ebb_event_t *event, uint8_t *type)
{
    if (event->person > 1 && event->kind != EBB_KIND_CALL) {
        return false;
    }
    switch ((ebb_kind_t)event->kind) {
    case EBB_KIND_TEXT:
    case EBB_KIND_MEDIA:
    case EBB_KIND_VOICE:
    case EBB_KIND_DELETED:
    case EBB_KIND_MISSED_CALL:
        *type = EBB_CONTACT_MESSAGE;
        return true;
    case EBB_KIND_CALL:
        *type = EBB_CONTACT_CALL;
        return true;
    case EBB_KIND_REACTION:
        *type = EBB_CONTACT_REACTION;
        return true;
    case EBB_KIND_SYSTEM:
    case EBB_KIND_OTHER:
    case EBB_KIND_COUNT:
        break;
    }
    return false;
}

static int64_t event_second(const ebb_event_t *event, bool instants)
{
    return event->local_s - (instants ? event->offset_s : 0);
}

/* Clocks that no messenger can have shown; the bounds keep all that follows finite. */
static bool is_far_off(const ebb_event_t *event, bool instants)
{
    return event->local_s < EARLIEST_S || event->local_s > LATEST_S ||
           (instants && (event->offset_s < -EBB_DAY_S || event->offset_s > EBB_DAY_S));
}

/* Appends one contact, not yet spread: t in seconds since the epoch of its clock. */
static void append(ebb_contacts_t *contacts, const ebb_event_t *event, uint8_t type,
                   bool instants)
{
    contacts->list[contacts->count++] = (ebb_contact_t){
        .t = (double)event_second(event, instants),
        .wall = (double)event->local_s,
        .person = event->person,
        .type = type,
        .kind = event->kind,
        .minute = (event->flags & EBB_FLAG_MINUTE) != 0,
        .local_s = event->local_s,
    };
    if (type == EBB_CONTACT_MESSAGE) {
        contacts->messages[event->person]++;
    } else if (type == EBB_CONTACT_CALL) {
        contacts->calls++;
    }
}

/* Seconds since 1970 become seconds since the origin of each clock; exact. */
static void rebase(ebb_contacts_t *contacts)
{
    int64_t first_day = ebb_floor_div((int64_t)contacts->list[0].wall, EBB_DAY_S);
    contacts->origin_s = (first_day - ebb_weekday(first_day)) * EBB_DAY_S;
    double wall_origin = (double)contacts->origin_s;
    double origin = contacts->list[0].t - (contacts->list[0].wall - wall_origin);
    double last_wall = 0;
    for (size_t i = 0; i < contacts->count; i++) {
        ebb_contact_t *contact = &contacts->list[i];
        contact->t -= origin;
        contact->wall -= wall_origin;
        last_wall = contact->wall > last_wall ? contact->wall : last_wall;
    }
    contacts->weeks = (size_t)(last_wall / (60 * EBB_WEEK_MIN)) + 1;
}

/* Moves a contact by seconds, not before the one before it, and counts in minutes. */
static void put_contact(ebb_contacts_t *contacts, size_t i, double late_s)
{
    ebb_contact_t *contact = &contacts->list[i];
    double t = (contact->t + late_s) / 60;
    /* a second-clock contact may follow one spread over the same minute */
    double late = i > 0 && t < contact[-1].t ? contact[-1].t - t : 0;
    contact->t = late > 0 ? contact[-1].t : t;
    contact->wall = (contact->wall + late_s) / 60 + late;
}

/* A number in (0, 1) that depends on `i` alone (SplitMix64's finaliser, Steele et al.
 * 2014). */
static double scatter(uint64_t i)
{
    uint64_t z = (i + 1) * 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return ((double)((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

/* Spreads the contacts of one time over what their clock left open: a minute if all of
 * them are known to the minute only, else a second. They get sorted random places: even
 * ones would make every wait between lone messages a whole number of minutes, which no
 * wait is. Sorted uniforms come one by one as 1 - (1 - last) U^(1 / left). */
static void spread_ties(ebb_contacts_t *contacts)
{
    for (size_t i = 0; i < contacts->count;) {
        bool minute = true;
        size_t j = i;
        for (; j < contacts->count && contacts->list[j].t == contacts->list[i].t; j++) {
            minute = minute && contacts->list[j].minute;
        }
        double place = 0;
        for (size_t k = i; k < j; k++) {
            place = 1 - (1 - place) * pow(scatter(k), 1 / (double)(j - k));
            put_contact(contacts, k, minute ? 60 * place : place);
        }
        i = j;
    }
}

int ebb_contacts_make(ebb_contacts_t *contacts, const ebb_event_t *events, size_t count,
                      const ebb_alloc_t *alloc, ebb_error_t *error)
{
    *contacts = (ebb_contacts_t){.alloc = alloc, .capacity = count};
    contacts->list = ebb_new_array(alloc, count, sizeof *contacts->list);
    if (!contacts->list) {
        return ebb_fail(error, EBB_ERR_MEMORY, "out of memory");
    }
    bool instants = ebb_events_have_instants(events, count);
    size_t minute = 0;
    int64_t last = INT64_MIN;
    for (size_t i = 0; i < count; i++) {
        uint8_t type;
        if (!classify(&events[i], &type)) {
            continue;
        }
        if (is_far_off(&events[i], instants)) {
            return ebb_fail(error, EBB_ERR_INPUT,
                            "the clock of event %zu is outside the years 1900 to 2100, "
                            "or more than a day away from its instant",
                            i + 1);
        }
        int64_t second = event_second(&events[i], instants);
        if (second < last) {
            return ebb_fail(error, EBB_ERR_INPUT,
                            "event %zu is earlier than the one before", i + 1);
        }
        last = second;
        minute += (events[i].flags & EBB_FLAG_MINUTE) != 0;
        append(contacts, &events[i], type, instants);
    }
    if (contacts->messages[0] < 2 || contacts->messages[1] < 2) {
        return ebb_fail(error, EBB_ERR_INPUT,
                        "there are fewer than two messages by one of the persons");
    }
    contacts->minute_clock = 2 * minute >= contacts->count;
    rebase(contacts);
    spread_ties(contacts);
    return EBB_OK;
}

void ebb_contacts_free(ebb_contacts_t *contacts)
{
    if (contacts->list) {
        ebb_free_array(contacts->alloc, contacts->list, contacts->capacity,
                       sizeof *contacts->list);
    }
    *contacts = (ebb_contacts_t){0};
}
