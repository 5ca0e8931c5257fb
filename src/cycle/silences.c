/* SPDX-License-Identifier: MIT
 * Long silences of both, who makes the first move, and when the couple's own normal is
 * back. */
#include <math.h>
#include <string.h>

#include "core/memory.h"
#include "cycle/describe.h"
#include "cycle/stats.h"

#define SHORTEST_MIN (12 * 60.0)
#define USUAL_DAYS 28
#define TURN_GAP_MIN 5.0

typedef struct ebb_quiet {
    ebb_cycle_t *cycle;
    const ebb_contacts_t *contacts;
    size_t days;
    uint16_t (*turns)[2]; /* turns of each on each day of the record */
    uint8_t *begins_turn; /* whether a contact begins a turn */
    double *values;       /* scratch */
    uint32_t (*moves)[2]; /* first moves by week */
} ebb_quiet_t;

static size_t day_of(const ebb_quiet_t *quiet, const ebb_contact_t *contact)
{
    size_t day = contact->wall > 0 ? (size_t)(contact->wall / EBB_DAY_MIN) : 0;
    return day < quiet->days ? day : quiet->days - 1;
}

/* Marks where turns begin, and counts them by day. */
static void mark_turns(ebb_quiet_t *quiet)
{
    const ebb_contact_t *list = quiet->contacts->list;
    int holder = -1;
    double last = 0;
    for (size_t i = 0; i < quiet->contacts->count; i++) {
        int k = list[i].person;
        if (list[i].type != EBB_CONTACT_MESSAGE) {
            continue;
        }
        quiet->begins_turn[i] = holder != k || list[i].t - last > TURN_GAP_MIN;
        uint16_t *turns = &quiet->turns[day_of(quiet, &list[i])][k];
        *turns = (uint16_t)(*turns + (quiet->begins_turn[i] && *turns < UINT16_MAX));
        holder = k;
        last = list[i].t;
    }
}

/* max(12 h, the 99th percentile of the gaps before turns) */
static double find_threshold(ebb_quiet_t *quiet)
{
    const ebb_contact_t *list = quiet->contacts->list;
    size_t n = 0;
    for (size_t i = 1; i < quiet->contacts->count; i++) {
        if (quiet->begins_turn[i]) {
            quiet->values[n++] = list[i].t - list[i - 1].t;
        }
    }
    double q99 = ebb_quantile(quiet->values, n, 0.99);
    return q99 > SHORTEST_MIN ? q99 : SHORTEST_MIN;
}

/* Turns of k on an average day of the 28 before `day`; at least two, so that a lone
 * exchange is not a normal day. */
static double usual_turns(const ebb_quiet_t *quiet, size_t day, int k)
{
    size_t from = day > USUAL_DAYS ? day - USUAL_DAYS : 0;
    double sum = 0;
    for (size_t i = from; i < day; i++) {
        sum += quiet->turns[i][k];
    }
    double usual = day > from ? sum / (double)(day - from) : 0;
    return usual > 2 ? usual : 2;
}

/* Hours from the first move (contact `move`) until both have begun, within 24 hours, as
 * many turns as were usual before the silence that began with contact move-1; NAN if
 * another long silence or the end comes first. */
static double way_back(ebb_quiet_t *quiet, size_t move, double threshold)
{
    const ebb_contact_t *list = quiet->contacts->list;
    size_t day = day_of(quiet, &list[move - 1]);
    double wanted[2] = {usual_turns(quiet, day, 0), usual_turns(quiet, day, 1)};
    double have[2] = {0, 0};
    size_t first = move;
    for (size_t i = move; i < quiet->contacts->count; i++) {
        if (i > move && list[i].t - list[i - 1].t >= threshold) {
            break;
        }
        if (quiet->begins_turn[i]) {
            have[list[i].person] += 1;
        }
        for (; list[first].t < list[i].t - EBB_DAY_MIN; first++) {
            if (quiet->begins_turn[first]) {
                have[list[first].person] -= 1;
            }
        }
        if (have[0] >= wanted[0] && have[1] >= wanted[1]) {
            return (list[i].t - list[move].t) / 60;
        }
    }
    return (double)NAN;
}

static void add_repair(ebb_quiet_t *quiet, size_t move, double threshold)
{
    ebb_cycle_t *cycle = quiet->cycle;
    const ebb_contact_t *contact = &quiet->contacts->list[move];
    quiet->moves[ebb_contact_week(quiet->contacts, contact)][contact->person]++;
    cycle->first_moves[contact->person]++;
    cycle->repairs[cycle->repair_count++] = (ebb_repair_t){
        .begin_s = contact[-1].local_s,
        .end_s = contact->local_s,
        .first_mover = contact->person,
        .by_call =
            contact->kind == EBB_KIND_CALL || contact->kind == EBB_KIND_MISSED_CALL,
        .normal_after_h = way_back(quiet, move, threshold),
    };
}

/* Whether contact i ends a long silence by a first move of somebody: whose move a call
 * told without a name was, nobody can say. */
static bool is_repair(const ebb_quiet_t *quiet, size_t i, double threshold)
{
    const ebb_contact_t *contact = &quiet->contacts->list[i];
    return contact->t - contact[-1].t >= threshold && contact->person < 2;
}

/* Silences of the record; the array is made to measure, as it belongs to the result. */
static int find_silences(ebb_quiet_t *quiet)
{
    ebb_cycle_t *cycle = quiet->cycle;
    mark_turns(quiet);
    double threshold = find_threshold(quiet);
    size_t n = 0;
    for (size_t i = 1; i < quiet->contacts->count; i++) {
        n += is_repair(quiet, i, threshold);
    }
    cycle->silence_h = threshold / 60;
    cycle->repairs = ebb_new_array(cycle->_alloc, n, sizeof *cycle->repairs);
    if (!cycle->repairs) {
        return EBB_ERR_MEMORY;
    }
    for (size_t i = 1; i < quiet->contacts->count; i++) {
        if (is_repair(quiet, i, threshold)) {
            add_repair(quiet, i, threshold);
        }
    }
    cycle->first_move_share =
        ebb_share((const uint32_t(*)[2])quiet->moves, quiet->contacts->weeks);
    size_t known = 0;
    for (size_t i = 0; i < cycle->repair_count; i++) {
        if (!isnan(cycle->repairs[i].normal_after_h)) {
            quiet->values[known++] = cycle->repairs[i].normal_after_h;
        }
    }
    cycle->normal_after_h = ebb_median(quiet->values, known);
    return EBB_OK;
}

int ebb_describe_silences(ebb_cycle_t *cycle, const ebb_contacts_t *contacts)
{
    const ebb_alloc_t *alloc = cycle->_alloc;
    size_t scratch = contacts->count + USUAL_DAYS;
    ebb_quiet_t quiet = {
        .cycle = cycle, .contacts = contacts, .days = contacts->weeks * 7 + 7};
    quiet.turns = ebb_new_array(alloc, quiet.days, sizeof *quiet.turns);
    quiet.begins_turn =
        ebb_new_array(alloc, contacts->count, sizeof *quiet.begins_turn);
    quiet.values = ebb_new_array(alloc, scratch, sizeof *quiet.values);
    quiet.moves = ebb_new_array(alloc, contacts->weeks, sizeof *quiet.moves);
    int code = EBB_ERR_MEMORY;
    if (quiet.turns && quiet.begins_turn && quiet.values && quiet.moves) {
        code = find_silences(&quiet);
    }
    ebb_free_array(alloc, quiet.turns, quiet.days, sizeof *quiet.turns);
    ebb_free_array(alloc, quiet.begins_turn, contacts->count,
                   sizeof *quiet.begins_turn);
    ebb_free_array(alloc, quiet.values, scratch, sizeof *quiet.values);
    ebb_free_array(alloc, quiet.moves, contacts->weeks, sizeof *quiet.moves);
    return code;
}
