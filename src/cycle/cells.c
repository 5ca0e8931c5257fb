/* SPDX-License-Identifier: MIT
 * Walks once through the contacts of a record and cuts the open runs of s into cells.
 */
#include "cycle/cells.h"

#include <math.h>
#include <string.h>

#include "core/memory.h"

#define GRID_FINE_MIN 30.0         /* grid on the wall clock up to ... */
#define GRID_COARSE_FROM_MIN 360.0 /* ... six hours after t1, ... */
#define GRID_COARSE_MIN 60.0       /* ... then every hour, as availability changes */
#define INSTANT_MIN                                                  \
    1e-6 /* differences of times are rounded: less than this is none \
          */
#define PACE_WEIGHT 0.1
#define RUN_SHAPE 5    /* of the gamma law by which runs are held to differ */
#define RECENT_MAX 256 /* own messages of the last hour that are remembered */

typedef struct ebb_walk {
    ebb_cells_t *cells;
    const ebb_cut_t *cut;
    double base, span; /* begin and length of what is cut, minutes, for drift */
    bool open;         /* a run of s is open */
    bool wanted;       /* and it lies in [begin, end) */
    ebb_run_t run;
    double t0, t1;
    double shift; /* wall minus t while the run lasts */
    uint32_t n;
    float log_n;           /* log(1 + n/5) */
    double op_t0, op_t1_o; /* operational times of o at t0 and t1 */
    double last_o;         /* time of o's last message */
    float log_pace;
    size_t day_begin; /* first contact inside the last 24 h */
    uint32_t day_count[2];
    double own[RECENT_MAX];          /* ring of times of s's messages */
    float log_count[RECENT_MAX + 1]; /* log(1 + i) */
    size_t own_next, own_first;
    ebb_mark_t mark; /* the latest place to begin again; `time` is not used */
    size_t marked;   /* marks that are settled */
} ebb_walk_t;

void ebb_cells_init(ebb_cells_t *cells, const ebb_alloc_t *alloc)
{
    *cells = (ebb_cells_t){.alloc = alloc};
}

void ebb_cells_free(ebb_cells_t *cells)
{
    if (cells->list) {
        ebb_free_array(cells->alloc, cells->list, cells->capacity, sizeof *cells->list);
    }
    if (cells->runs) {
        ebb_free_array(cells->alloc, cells->runs, cells->run_capacity,
                       sizeof *cells->runs);
    }
    *cells = (ebb_cells_t){0};
}

/* Own messages of s in the hour before `middle`, the middle of the uncut cell that
 * begins at `begin`. Forgotten is only what the hour before `begin` does not hold: the
 * next cell may begin before this middle. */
static size_t own_recent(ebb_walk_t *walk, double begin, double middle)
{
    while (walk->own_first < walk->own_next &&
           walk->own[walk->own_first % RECENT_MAX] < begin - 60) {
        walk->own_first++;
    }
    size_t first = walk->own_first;
    while (first < walk->own_next && walk->own[first % RECENT_MAX] < middle - 60) {
        first++;
    }
    return walk->own_next - first;
}

static void remember_own(ebb_walk_t *walk, double t)
{
    walk->own[walk->own_next % RECENT_MAX] = t;
    walk->own_next++;
    if (walk->own_next - walk->own_first > RECENT_MAX) {
        walk->own_first = walk->own_next - RECENT_MAX;
    }
}

static float log_at_least(double minutes)
{
    return (float)log(minutes < 1e-3 ? 1e-3 : minutes);
}

/* The end of the uncut cell that begins at `begin` > = t1. */
static double nominal_end(const ebb_walk_t *walk, double begin)
{
    double m = walk->cut->merge_min;
    const double marks[] = {1, 2, m, 2 * m, 20, 30};
    double since = begin - walk->t1, best = (double)INFINITY;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (marks[i] > since + INSTANT_MIN && marks[i] < best) {
            best = marks[i];
        }
    }
    if (best < (double)INFINITY) {
        return walk->t1 + best;
    }
    double step = since < GRID_COARSE_FROM_MIN ? GRID_FINE_MIN : GRID_COARSE_MIN;
    double wall = begin + walk->shift;
    double next = (floor(wall / step + 1e-9) + 1) * step;
    return next - walk->shift;
}

/* Where in the record (or window) a time lies, 0..1. */
static double place(const ebb_walk_t *walk, double t)
{
    double part = (t - walk->base) / walk->span;
    return part < 0 ? 0 : part > 1 ? 1 : part;
}

/* A flight west in the first hours can set the clock back before its origin. */
static double hour_of_day(double wall)
{
    return fmod(fmod(wall / 60, 24) + 24, 24);
}

/* The cell [begin, end), uncut until `uncut`; everything is taken at the middle of the
 * latter. */
static ebb_cell_t make_cell(ebb_walk_t *walk, double begin, double end, double uncut)
{
    const ebb_cut_t *cut = walk->cut;
    int s = cut->pursuer, o = 1 - s;
    double middle = (begin + uncut) / 2, wall = middle + walk->shift;
    double op_o = ebb_rhythm_time(cut->rhythm, o, wall);
    double op_exposure = ebb_rhythm_time(cut->rhythm, o, end + walk->shift) -
                         ebb_rhythm_time(cut->rhythm, o, begin + walk->shift);
    return (ebb_cell_t){
        .exposure = (float)(end - begin),
        .op_exposure = (float)(op_exposure < 1e-6 ? 1e-6 : op_exposure),
        .nominal = (float)(uncut - begin),
        .log_a_o = (float)ebb_rhythm_log_availability(cut->rhythm, o, wall),
        .log_a_s = (float)ebb_rhythm_log_availability(cut->rhythm, s, wall),
        .log_t0_o = log_at_least(op_o - walk->op_t0),
        .log_t1_o = log_at_least(op_o - walk->op_t1_o),
        .log_t1 = log_at_least(middle - walk->t1),
        .hour = (float)hour_of_day(wall),
        .drift = (float)place(walk, middle),
        .log_own_recent = walk->log_count[own_recent(walk, begin, middle)],
        .log_n = walk->log_n,
        .run = (uint32_t)walk->cells->run_count,
        .n = (uint16_t)(walk->n > UINT16_MAX ? UINT16_MAX : walk->n),
        .after_gap = begin - walk->t1 >= cut->merge_min - INSTANT_MIN,
        .from_t0 = walk->n == 0 && begin == walk->t1,
    };
}

static int push_cell(ebb_walk_t *walk, const ebb_cell_t *cell)
{
    ebb_cells_t *cells = walk->cells;
    if (cells->count == cells->capacity) {
        void *list = cells->list;
        int code = ebb_grow(cells->alloc, &list, &cells->capacity, cells->count + 1,
                            sizeof *cell);
        cells->list = list;
        if (code) {
            return code;
        }
    }
    cells->list[cells->count++] = *cell;
    walk->run.cell_count++;
    return EBB_OK;
}

/* Cuts [t1, end) into cells; `reply` and `followup` mark the last one. */
static int cut_until(ebb_walk_t *walk, double end, uint8_t reply, uint8_t followup)
{
    double begin = walk->t1;
    if (!walk->wanted) {
        return EBB_OK;
    }
    if (end - begin < 1e-4) {
        end = begin + 1e-4; /* a tie that could not be spread */
    }
    while (begin < end) {
        double uncut = nominal_end(walk, begin);
        double until = uncut < end - INSTANT_MIN ? uncut : end;
        ebb_cell_t cell = make_cell(walk, begin, until, uncut);
        cell.reply = until >= end && reply;
        cell.followup = until >= end && followup;
        int code = push_cell(walk, &cell);
        if (code) {
            return code;
        }
        begin = until;
    }
    return EBB_OK;
}

static void set_t1(ebb_walk_t *walk, double t)
{
    const ebb_cut_t *cut = walk->cut;
    walk->t1 = t;
    walk->op_t1_o = ebb_rhythm_time(cut->rhythm, 1 - cut->pursuer, t + walk->shift);
    if (walk->n == 0) {
        walk->t0 = t;
        walk->op_t0 = walk->op_t1_o;
    }
}

static void open_run(ebb_walk_t *walk, const ebb_contact_t *contact)
{
    int s = walk->cut->pursuer;
    double t = contact->t;
    walk->open = true;
    walk->wanted = t >= walk->cut->begin && t < walk->cut->end;
    walk->shift = contact->wall - t;
    walk->n = 0;
    walk->log_n = 0;
    double week = contact->wall / EBB_WEEK_MIN;
    walk->run = (ebb_run_t){
        .begin = t,
        .begin_s = contact->local_s,
        .log_volume = {(float)log1p(walk->day_count[s]),
                       (float)log1p(walk->day_count[1 - s])},
        .log_pace = walk->log_pace,
        .log_recent_o = (float)log1p((t - walk->last_o) / 10),
        .week = (uint32_t)(walk->cut->first_week + (week > 0 ? (size_t)week : 0)),
        .first_cell = (uint32_t)walk->cells->count,
    };
    /* runs are in order of time, but a clock set back may show an earlier week */
    ebb_cells_t *cells = walk->cells;
    if (cells->run_count && walk->run.week < cells->runs[cells->run_count - 1].week) {
        walk->run.week = cells->runs[cells->run_count - 1].week;
    }
    set_t1(walk, t);
}

/* Closes the run at `end`, with `contact` if that is what ended it. */
static int close_run(ebb_walk_t *walk, double end, ebb_run_ending_t ending,
                     const ebb_contact_t *contact)
{
    ebb_cells_t *cells = walk->cells;
    walk->open = false;
    if (!walk->wanted) {
        return EBB_OK;
    }
    if (cells->run_count == cells->run_capacity) {
        void *runs = cells->runs;
        int code = ebb_grow(cells->alloc, &runs, &cells->run_capacity,
                            cells->run_count + 1, sizeof walk->run);
        cells->runs = runs;
        if (code) {
            return code;
        }
    }
    walk->run.end = end;
    walk->run.end_s = contact
                          ? contact->local_s
                          : walk->run.begin_s + (int64_t)((end - walk->run.begin) * 60);
    walk->run.followups = walk->n;
    walk->run.ending = (uint8_t)ending;
    walk->run.reply_kind = contact ? contact->kind : 0;
    cells->runs[cells->run_count++] = walk->run;
    if (walk->run.week + 1u > cells->weeks) {
        cells->weeks = walk->run.week + 1u;
    }
    return EBB_OK;
}

/* The run ends without an answer at time t: by a taken call of s (`call`), or, as far
 * as is known, by nothing (NULL). After a week of silence it has ended before. */
static int censor(ebb_walk_t *walk, double t, const ebb_contact_t *call)
{
    double limit = walk->t1 + EBB_CENSOR_MIN;
    double end = t < limit ? t : limit;
    int code = end > walk->t1 ? cut_until(walk, end, 0, 0) : EBB_OK;
    if (code) {
        return code;
    }
    bool by_call = call && t < limit;
    return close_run(walk, end, by_call ? EBB_RUN_CALL : EBB_RUN_CENSORED,
                     by_call ? call : NULL);
}

/* A message of s: a bid, more of the same turn, or a follow-up. */
static int on_own(ebb_walk_t *walk, const ebb_contact_t *contact)
{
    int code = EBB_OK;
    double t = contact->t;
    if (walk->open && t - walk->t1 > EBB_CENSOR_MIN) {
        code = censor(walk, t, NULL);
    }
    if (!code && !walk->open) {
        open_run(walk, contact);
    } else if (!code) {
        bool another_turn = t - walk->t1 > walk->cut->merge_min + INSTANT_MIN;
        code =
            t > walk->t1 || another_turn ? cut_until(walk, t, 0, another_turn) : EBB_OK;
        if (another_turn) {
            walk->n++;
            walk->log_n = (float)log1p((double)walk->n / RUN_SHAPE);
        }
        set_t1(walk, t);
    }
    remember_own(walk, t);
    return code;
}

/* Anything of o: the answer, if a run is open. */
static int on_other(ebb_walk_t *walk, const ebb_contact_t *contact)
{
    int code = EBB_OK;
    double t = contact->t;
    if (walk->open && t - walk->t1 > EBB_CENSOR_MIN) {
        code = censor(walk, t, NULL);
    } else if (walk->open) {
        double wait = t - walk->t0;
        walk->log_pace += (float)PACE_WEIGHT * ((float)log1p(wait) - walk->log_pace);
        code = cut_until(walk, t, 1, 0);
        if (!code) {
            code = close_run(walk, t, EBB_RUN_REPLY, contact);
        }
    }
    if (contact->type == EBB_CONTACT_MESSAGE) {
        walk->last_o = t;
    }
    return code;
}

/* Keeps the number of messages of each in the 24 h before contact i. */
static void slide_day(ebb_walk_t *walk, size_t i)
{
    const ebb_contact_t *list = walk->cut->contacts->list;
    for (; list[walk->day_begin].t < list[i].t - EBB_DAY_MIN; walk->day_begin++) {
        const ebb_contact_t *old = &list[walk->day_begin];
        if (old->type == EBB_CONTACT_MESSAGE) { /* others may have no sender */
            walk->day_count[old->person]--;
        }
    }
}

static int on_contact(ebb_walk_t *walk, const ebb_contact_t *contact)
{
    if (contact->person == 1 - walk->cut->pursuer) {
        return on_other(walk, contact);
    } /* a call told without a name ends a run as one of s: it answers nobody */
    switch ((ebb_contact_type_t)contact->type) {
    case EBB_CONTACT_MESSAGE:
        return on_own(walk, contact);
    case EBB_CONTACT_CALL:
        return walk->open ? censor(walk, contact->t, contact) : EBB_OK;
    case EBB_CONTACT_REACTION:
        break;
    }
    return EBB_OK;
}

/* Settles the marks for which contacts from `t` on come too late. */
static void settle_marks(ebb_walk_t *walk, double t)
{
    const ebb_cut_t *cut = walk->cut;
    while (walk->marked < cut->mark_count &&
           t >= cut->marks[walk->marked].time - EBB_DAY_MIN) {
        walk->mark.time = cut->marks[walk->marked].time;
        cut->marks[walk->marked++] = walk->mark;
    }
}

/* Notes contact i as a place to begin again. */
static void leave_mark(ebb_walk_t *walk, size_t i)
{
    const ebb_cut_t *cut = walk->cut;
    const ebb_contact_t *contact = &cut->contacts->list[i];
    settle_marks(walk, contact->t);
    if (contact->person != cut->pursuer && contact->type == EBB_CONTACT_MESSAGE) {
        walk->mark.contact = i;
        walk->mark.log_pace = walk->log_pace;
    }
}

/* A walk about to meet its first contact. */
static void start_walk(ebb_walk_t *walk, ebb_cells_t *cells, const ebb_cut_t *cut)
{
    const ebb_contacts_t *contacts = cut->contacts;
    const ebb_contact_t *last = &contacts->list[contacts->count - 1];
    *walk = (ebb_walk_t){.cells = cells, .cut = cut};
    walk->mark = (ebb_mark_t){.log_pace = (float)log1p(10)};
    if (cut->from) {
        walk->mark = *cut->from;
    }
    walk->log_pace = walk->mark.log_pace;
    walk->day_begin = walk->mark.contact;
    walk->last_o = contacts->list[0].t - EBB_DAY_MIN;
    walk->base = cut->begin > contacts->list[0].t ? cut->begin : contacts->list[0].t;
    double end = cut->end < last->t ? cut->end : last->t;
    walk->span = end - walk->base > 1 ? end - walk->base : 1;
    for (size_t i = 0; i <= RECENT_MAX; i++) {
        walk->log_count[i] = (float)log1p((double)i);
    }
}

/* Whether nothing that is wanted can come any more. */
static bool is_past(const ebb_walk_t *walk, const ebb_contact_t *contact)
{
    return contact->t >= walk->cut->end && !(walk->open && walk->wanted);
}

int ebb_cells_add(ebb_cells_t *cells, const ebb_cut_t *cut, ebb_error_t *error)
{
    const ebb_contacts_t *contacts = cut->contacts;
    ebb_walk_t walk;
    start_walk(&walk, cells, cut);
    int code = EBB_OK;
    for (size_t i = walk.mark.contact; i < contacts->count && !code; i++) {
        const ebb_contact_t *contact = &contacts->list[i];
        if (is_past(&walk, contact)) {
            break;
        }
        slide_day(&walk, i);
        code = on_contact(&walk, contact);
        if (contact->type == EBB_CONTACT_MESSAGE) {
            walk.day_count[contact->person]++;
        }
        leave_mark(&walk, i);
    }
    settle_marks(&walk, (double)INFINITY);
    if (!code && walk.open) {
        code = censor(&walk, contacts->list[contacts->count - 1].t, NULL);
    }
    return code ? ebb_fail(error, code, "out of memory") : EBB_OK;
}
