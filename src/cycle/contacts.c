/* SPDX-License-Identifier: MIT
 * From events to contacts: which events count, on which clock, and ties spread. */
#include "cycle/contacts.h"

#include "core/calendar.h"
#include "core/memory.h"

/* Whether an event counts, and as what. */
static bool classify(const ebb_event_t *event, uint8_t *type)
{
    if (event->person > 1) {
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

/* Instants order the record only when every event has one. */
static bool all_offsets_known(const ebb_event_t *events, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (events[i].person <= 1 && events[i].offset_s == EBB_OFFSET_UNKNOWN) {
            return false;
        }
    }
    return true;
}

static int64_t event_second(const ebb_event_t *event, bool instants)
{
    return event->local_s - (instants ? event->offset_s : 0);
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
    };
    if (type == EBB_CONTACT_MESSAGE) {
        contacts->messages[event->person]++;
    } else if (type == EBB_CONTACT_CALL) {
        contacts->calls++;
    }
}

/* Spreads the contacts of one tick of `tick_s` seconds evenly over it. */
static void spread_ties(ebb_contacts_t *contacts, double tick_s)
{
    for (size_t i = 0; i < contacts->count;) {
        size_t j = i + 1;
        while (j < contacts->count && contacts->list[j].t == contacts->list[i].t) {
            j++;
        }
        for (size_t k = i; k < j; k++) {
            double part = tick_s * ((double)(k - i) + 0.5) / (double)(j - i);
            contacts->list[k].t += part;
            contacts->list[k].wall += part;
        }
        i = j;
    }
}

/* Seconds since 1970 become minutes since the origin of each clock. */
static void rebase(ebb_contacts_t *contacts)
{
    int64_t first_day = ebb_floor_div((int64_t)contacts->list[0].wall, EBB_DAY_S);
    contacts->origin_s = (first_day - ebb_weekday(first_day)) * EBB_DAY_S;
    double wall_origin = (double)contacts->origin_s;
    double origin = contacts->list[0].t - (contacts->list[0].wall - wall_origin);
    double last_wall = 0;
    for (size_t i = 0; i < contacts->count; i++) {
        ebb_contact_t *contact = &contacts->list[i];
        contact->t = (contact->t - origin) / 60;
        contact->wall = (contact->wall - wall_origin) / 60;
        /* without a zone a clock may be set back an hour; time then stands still */
        if (i > 0 && contact->t < contacts->list[i - 1].t) {
            contact->t = contacts->list[i - 1].t;
        }
        last_wall = contact->wall > last_wall ? contact->wall : last_wall;
    }
    contacts->weeks = (size_t)(last_wall / EBB_WEEK_MIN) + 1;
}

int ebb_contacts_make(ebb_contacts_t *contacts, const ebb_event_t *events, size_t count,
                      const ebb_alloc_t *alloc, ebb_error_t *error)
{
    *contacts = (ebb_contacts_t){.alloc = alloc, .capacity = count};
    contacts->list = ebb_new_array(alloc, count, sizeof *contacts->list);
    if (!contacts->list) {
        return ebb_fail(error, EBB_ERR_MEMORY, "out of memory");
    }
    bool instants = all_offsets_known(events, count);
    size_t minute = 0;
    int64_t last = INT64_MIN;
    for (size_t i = 0; i < count; i++) {
        uint8_t type;
        if (!classify(&events[i], &type)) {
            continue;
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
    spread_ties(contacts, contacts->minute_clock ? 60 : 1);
    rebase(contacts);
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
