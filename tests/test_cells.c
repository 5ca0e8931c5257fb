/* SPDX-License-Identifier: MIT
 * Runs and cells [eq 1] on records small enough to cut by hand, and what must hold on
 * any record. Person 0 is s, person 1 is o; contacts stand half a second after their
 * second. */
#include "check.h"
#include "cycle/cells.h"
#include "draw.h"
#include "record.h"

#define NOON (12 * 60)
#define DAY 1440

static record_t record;

typedef struct made {
    ebb_contacts_t contacts;
    ebb_rhythm_t rhythm;
    ebb_cells_t cells;
} made_t;

static void begin_record(void)
{
    record.count = 0;
    record.flags = 0;
}

/* Half a second after its second, instead of the place it was given within it. */
static void settle(ebb_contacts_t *contacts)
{
    int32_t first_offset_s = record.events[0].offset_s;
    size_t n = 0;
    for (size_t i = 0; i < record.count; i++) {
        const ebb_event_t *event = &record.events[i];
        bool nobodys = event->person == EBB_PERSON_NONE && event->kind != EBB_KIND_CALL;
        if (event->kind == EBB_KIND_SYSTEM || event->kind == EBB_KIND_OTHER ||
            nobodys) {
            continue;
        }
        double second = (double)(event->local_s - contacts->origin_s) + 0.5;
        ebb_contact_t *contact = &contacts->list[n++];
        contact->wall = second / 60;
        contact->t = (second - (event->offset_s - first_offset_s)) / 60;
    }
    CHECK(n == contacts->count);
}

static void cut_part(made_t *made, double merge_min, double begin, double end)
{
    ebb_cut_t cut = {.contacts = &made->contacts,
                     .rhythm = &made->rhythm,
                     .pursuer = 0,
                     .merge_min = merge_min,
                     .begin = begin,
                     .end = end};
    ebb_cells_init(&made->cells, ebb_alloc_default());
    CHECK(ebb_cells_add(&made->cells, &cut, NULL) == EBB_OK);
}

static void make(made_t *made, double merge_min)
{
    CHECK(ebb_contacts_make(&made->contacts, record.events, record.count,
                            ebb_alloc_default(), NULL) == EBB_OK);
    settle(&made->contacts);
    CHECK(ebb_rhythm_make(&made->rhythm, &made->contacts, NULL) == EBB_OK);
    cut_part(made, merge_min, (double)-INFINITY, (double)INFINITY);
}

static void unmake(made_t *made)
{
    ebb_cells_free(&made->cells);
    ebb_rhythm_free(&made->rhythm);
    ebb_contacts_free(&made->contacts);
}

/* What a cell shall be: from `begin` to `end` minutes after `t1`, uncut until `uncut`.
 */
typedef struct wanted {
    double t0, t1, begin, end, uncut;
    int n, reply, followup, after_gap;
} wanted_t;

static double operational(const made_t *made, int person, double from, double to)
{
    return ebb_rhythm_time(&made->rhythm, person, to) -
           ebb_rhythm_time(&made->rhythm, person, from);
}

static void check_cell(const made_t *made, const ebb_cell_t *cell, const wanted_t *want)
{
    double half_second = 0.5 / 60;
    double t1 = want->t1 + half_second, t0 = want->t0 + half_second;
    double middle = t1 + (want->begin + want->uncut) / 2;
    CHECK_NEAR(cell->exposure, want->end - want->begin, 1e-5);
    CHECK_NEAR(cell->nominal, want->uncut - want->begin, 1e-5);
    CHECK_NEAR(cell->op_exposure,
               operational(made, 1, t1 + want->begin, t1 + want->end), 1e-4);
    CHECK_NEAR(cell->log_t1, log(middle - t1), 1e-5);
    CHECK_NEAR(cell->log_t0_o, log(operational(made, 1, t0, middle)), 1e-5);
    CHECK_NEAR(cell->log_t1_o, log(operational(made, 1, t1, middle)), 1e-5);
    CHECK_NEAR(cell->hour, fmod(middle / 60, 24), 1e-5);
    CHECK_NEAR(cell->log_a_o, ebb_rhythm_log_availability(&made->rhythm, 1, middle),
               1e-6);
    CHECK_NEAR(cell->log_a_s, ebb_rhythm_log_availability(&made->rhythm, 0, middle),
               1e-6);
    CHECK(cell->n == want->n && cell->reply == want->reply);
    CHECK_NEAR(cell->log_n, log1p(want->n / 5.0), 1e-6);
    CHECK(cell->followup == want->followup && cell->after_gap == want->after_gap);
    CHECK(cell->from_t0 == (want->n == 0 && want->begin == 0));
}

static void check_cells(const made_t *made, size_t first, const wanted_t *want,
                        size_t count)
{
    CHECK(made->cells.count >= first + count);
    for (size_t i = 0; i < count && first + i < made->cells.count; i++) {
        check_cell(made, &made->cells.list[first + i], &want[i]);
    }
}

/* Three turns and an answer, at the main merge gap. */
static void test_exact(void)
{
    begin_record();
    record_text(&record, NOON - 60, 0);
    record_text(&record, NOON - 10, 1);
    record_text(&record, NOON, 0);
    record_text(&record, NOON + 3, 0);  /* of the same turn */
    record_text(&record, NOON + 20, 0); /* a follow-up */
    record_text(&record, NOON + 32, 1);
    record_text(&record, NOON + 40, 1);
    made_t made;
    make(&made, 5);
    CHECK(made.cells.run_count == 2);
    const ebb_run_t *run = &made.cells.runs[1];
    static const wanted_t want[] = {
        {NOON, NOON, 0, 1, 1, 0, 0, 0, 0},
        {NOON, NOON, 1, 2, 2, 0, 0, 0, 0},
        {NOON, NOON, 2, 3, 5, 0, 0, 0, 0}, /* the turn goes on: no event */
        {NOON + 3, NOON + 3, 0, 1, 1, 0, 0, 0, 0},
        {NOON + 3, NOON + 3, 1, 2, 2, 0, 0, 0, 0},
        {NOON + 3, NOON + 3, 2, 5, 5, 0, 0, 0, 0},
        {NOON + 3, NOON + 3, 5, 10, 10, 0, 0, 0, 1},
        {NOON + 3, NOON + 3, 10, 17, 20, 0, 0, 1, 1},
        {NOON + 3, NOON + 20, 0, 1, 1, 1, 0, 0, 0},
        {NOON + 3, NOON + 20, 1, 2, 2, 1, 0, 0, 0},
        {NOON + 3, NOON + 20, 2, 5, 5, 1, 0, 0, 0},
        {NOON + 3, NOON + 20, 5, 10, 10, 1, 0, 0, 1},
        {NOON + 3, NOON + 20, 10, 12, 20, 1, 1, 0, 1},
    };
    size_t n = sizeof want / sizeof *want;
    CHECK(run->cell_count == n && run->first_cell + n == made.cells.count);
    check_cells(&made, run->first_cell, want, n);
    CHECK_NEAR(run->begin, NOON + 0.5 / 60, 1e-9);
    CHECK_NEAR(run->end, NOON + 32 + 0.5 / 60, 1e-9);
    CHECK(run->followups == 1 && run->ending == EBB_RUN_REPLY);
    CHECK(run->reply_kind == EBB_KIND_TEXT && run->week == 0);
    /* before it: s wrote once and o once in 24 h; o last wrote 10 minutes ago; o's one
     * answer had taken 50 minutes, after a first guess of 10 */
    CHECK_NEAR(run->log_volume[0], log(2), 1e-6);
    CHECK_NEAR(run->log_volume[1], log(2), 1e-6);
    CHECK_NEAR(run->log_recent_o, log(2), 1e-6);
    CHECK_NEAR(run->log_pace, 0.9 * log(11) + 0.1 * log(51), 1e-6);
    /* drift is the place between the first contact and the last */
    const ebb_cell_t *last = &made.cells.list[made.cells.count - 1];
    CHECK_NEAR(last->drift, (60 + 35) / 100.0, 1e-6);
    CHECK_NEAR(last->log_own_recent, log(4), 1e-6); /* 12:00, 12:03, 12:20 */
    unmake(&made);
}

/* After 30 minutes cells end on the half hours of the wall clock, from six hours after
 * t1 on the hours, whatever the zone. */
static void check_grid(int32_t offset_s)
{
    begin_record();
    record_text(&record, NOON - 10, 1);
    record_text(&record, NOON + 5, 0);
    record_text(&record, NOON + DAY, 1);
    record_text(&record, NOON + DAY + 1, 0);
    for (size_t i = 0; i < record.count; i++) {
        record.events[i].offset_s = offset_s;
    }
    made_t made;
    make(&made, 5);
    double ends[64], end = 0;
    size_t n = 0;
    for (const double *mark = (const double[]){1, 2, 5, 10, 20, 30, 0}; *mark > 0;
         mark++) {
        ends[n++] = *mark;
    }
    for (double wall = NOON + 60; wall <= NOON + DAY;
         wall += wall < NOON + 420 ? 30 : 60) {
        ends[n++] = wall - (NOON + 5) - 0.5 / 60;
    }
    ends[n++] = DAY - 5;
    CHECK(made.cells.runs[0].cell_count == n);
    for (size_t i = 0; i < n; i++) {
        end += (double)made.cells.list[i].exposure;
        CHECK_NEAR(end, ends[i], 1e-3);
    }
    unmake(&made);
}

/* A run of s that starts at noon, then one event; how the run ended. */
static ebb_run_t run_ended_by(int64_t after_min, int person, ebb_kind_t kind,
                              size_t *runs)
{
    begin_record();
    record_text(&record, NOON - 20, 1);
    record_text(&record, NOON - 15, 1);
    record_text(&record, NOON, 0);
    record_at(&record, (NOON + after_min) * 60, person, kind);
    record_text(&record, NOON + 30 * DAY, 0);
    record_text(&record, NOON + 30 * DAY + 20, 1);
    made_t made;
    make(&made, 5);
    ebb_run_t run = made.cells.runs[0];
    double exposure = 0;
    for (size_t i = 0; i < run.cell_count; i++) {
        exposure += (double)made.cells.list[i].exposure;
    }
    CHECK_NEAR(exposure, run.end - run.begin, 1e-2);
    const ebb_cell_t *last = &made.cells.list[run.cell_count - 1];
    CHECK(last->reply == (run.ending == EBB_RUN_REPLY) && !last->followup);
    *runs = made.cells.run_count;
    unmake(&made);
    return run;
}

static void test_endings(void)
{
    size_t runs;
    static const ebb_kind_t answers[] = {
        EBB_KIND_TEXT,        EBB_KIND_MEDIA,    EBB_KIND_VOICE,  EBB_KIND_CALL,
        EBB_KIND_MISSED_CALL, EBB_KIND_REACTION, EBB_KIND_DELETED};
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        ebb_run_t run = run_ended_by(40, 1, answers[i], &runs);
        CHECK(run.ending == EBB_RUN_REPLY && run.reply_kind == answers[i]);
        CHECK_NEAR(run.end - run.begin, 40, 1e-6);
        CHECK(runs == 2);
    }
    /* a taken call of s ends it without an answer */
    ebb_run_t run = run_ended_by(40, 0, EBB_KIND_CALL, &runs);
    CHECK(run.ending == EBB_RUN_CALL && run.reply_kind == EBB_KIND_CALL && runs == 2);
    CHECK_NEAR(run.end - run.begin, 40, 1e-6);
    /* ... and so does one told without a name; a missed one by nobody is nothing */
    run = run_ended_by(40, EBB_PERSON_NONE, EBB_KIND_CALL, &runs);
    CHECK(run.ending == EBB_RUN_CALL && run.reply_kind == EBB_KIND_CALL && runs == 2);
    CHECK_NEAR(run.end - run.begin, 40, 1e-6);
    run = run_ended_by(40, EBB_PERSON_NONE, EBB_KIND_MISSED_CALL, &runs);
    CHECK(run.ending == EBB_RUN_CENSORED && runs == 2);
    /* s's own reaction, and what is no contact, do nothing; a week is the end */
    static const ebb_kind_t nothing[] = {EBB_KIND_REACTION, EBB_KIND_SYSTEM,
                                         EBB_KIND_OTHER};
    for (size_t i = 0; i < 3; i++) {
        run = run_ended_by(40, 0, nothing[i], &runs);
        CHECK(run.ending == EBB_RUN_CENSORED && run.followups == 0 && runs == 2);
        CHECK_NEAR(run.end - run.begin, 7 * DAY, 1e-6);
    }
    /* an answer within the week counts, one after it does not */
    CHECK(run_ended_by(7 * DAY - 1, 1, EBB_KIND_TEXT, &runs).ending == EBB_RUN_REPLY);
    CHECK(run_ended_by(7 * DAY + 1, 1, EBB_KIND_TEXT, &runs).ending ==
          EBB_RUN_CENSORED);
    /* the week counts from the last message; then a message is a new bid */
    run = run_ended_by(6 * DAY, 0, EBB_KIND_TEXT, &runs);
    CHECK(run.followups == 1 && runs == 2);
    CHECK_NEAR(run.end - run.begin, 13 * DAY, 1e-6);
    run = run_ended_by(8 * DAY, 0, EBB_KIND_TEXT, &runs);
    CHECK(run.followups == 0 && runs == 3);
}

/* An open run at the end of the record is censored there. */
static void test_open_end(void)
{
    begin_record();
    for (int i = 0; i < 4; i++) {
        record_text(&record, NOON + i, i % 2);
    }
    record_text(&record, NOON + 10, 0);
    record_at(&record, (NOON + 70) * 60, 0, EBB_KIND_REACTION);
    made_t made;
    make(&made, 5);
    const ebb_run_t *run = &made.cells.runs[made.cells.run_count - 1];
    CHECK(run->ending == EBB_RUN_CENSORED);
    CHECK_NEAR(run->end - run->begin, 60, 1e-6);
    unmake(&made);
}

/* Messages at these minutes; how many follow-ups at each merge gap. */
static void test_merge_gaps(void)
{
    static const struct {
        double merge_min;
        uint32_t followups;
    } cases[] = {{2, 3}, {5, 2}, {10, 1}};
    for (size_t i = 0; i < 3; i++) {
        begin_record();
        record_text(&record, NOON - 10, 1);
        for (const int *at = (const int[]){0, 3, 11, 36, -1}; *at >= 0; at++) {
            record_text(&record, NOON + *at, 0);
        }
        record_text(&record, NOON + 100, 1);
        made_t made;
        make(&made, cases[i].merge_min);
        CHECK(made.cells.run_count == 1);
        CHECK(made.cells.runs[0].followups == cases[i].followups);
        uint32_t marked = 0;
        for (size_t j = 0; j < made.cells.count; j++) {
            const ebb_cell_t *cell = &made.cells.list[j];
            marked += cell->followup;
            /* who may begin another turn, and only who may, can have begun one */
            CHECK(!cell->followup || cell->after_gap);
            CHECK(cell->after_gap == (exp((double)cell->log_t1) > cases[i].merge_min));
        }
        CHECK(marked == cases[i].followups);
        unmake(&made);
    }
}

/* A message exactly m after the last one belongs to its turn. Rounding can only say
 * otherwise where a power of two lies between them. */
static void test_exact_gap(void)
{
    uint32_t followups = 0, cells = 0;
    for (int64_t second = 1; second < 300; second++) {
        begin_record();
        record_text(&record, 0, 1);
        record_text(&record, 1, 1);
        int64_t at = 16384 * 60 - second;
        record_at(&record, at, 0, EBB_KIND_TEXT);
        record_at(&record, at + 300, 0, EBB_KIND_TEXT);
        record_at(&record, at + 900, 1, EBB_KIND_TEXT);
        made_t made;
        make(&made, 5);
        followups += made.cells.runs[0].followups;
        cells += made.cells.runs[0].cell_count;
        unmake(&made);
    }
    CHECK(followups == 0);
    CHECK(cells == 299 * 7); /* 1, 2, 5 and 1, 2, 5, 10: never one of no length */
}

/* Weeks of messages in bursts, by both. */
static void fill_random(uint64_t seed, size_t count)
{
    draw_t draw = {seed};
    begin_record();
    double at = 60 * 200;
    for (size_t i = 0; i < count; i++) {
        bool burst = draw_uniform(&draw) < 0.6;
        at += (burst ? 90 : 9000) * draw_exponential(&draw);
        static const ebb_kind_t kinds[] = {EBB_KIND_CALL, EBB_KIND_REACTION,
                                           EBB_KIND_VOICE, EBB_KIND_MISSED_CALL};
        size_t kind = draw_below(&draw, 40);
        int person = draw_uniform(&draw) < (burst ? 0.8 : 0.5) ? 0 : 1;
        record_at(&record, (int64_t)at, person, kind < 4 ? kinds[kind] : EBB_KIND_TEXT);
    }
}

/* The time inside open runs is cut into cells without gap or overlap. */
static void test_exposure(void)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        fill_random(seed, 2000);
        made_t made;
        make(&made, 5);
        uint32_t next = 0;
        for (size_t i = 0; i < made.cells.run_count; i++) {
            const ebb_run_t *run = &made.cells.runs[i];
            double exposure = 0;
            uint32_t replies = 0, followups = 0;
            CHECK(run->first_cell == next);
            next += run->cell_count;
            CHECK(i == 0 || run->begin >= made.cells.runs[i - 1].end - 1e-3);
            CHECK(i == 0 || run->week >= made.cells.runs[i - 1].week);
            for (uint32_t j = 0; j < run->cell_count; j++) {
                const ebb_cell_t *cell = &made.cells.list[run->first_cell + j];
                exposure += (double)cell->exposure;
                CHECK(cell->run == i && cell->n == followups);
                CHECK(cell->exposure > 0 && cell->exposure <= cell->nominal + 2e-4f);
                replies += cell->reply;
                followups += cell->followup;
                CHECK(!cell->reply || j + 1 == run->cell_count);
            }
            CHECK_NEAR(exposure, run->end - run->begin, 1e-2);
            CHECK(replies == (run->ending == EBB_RUN_REPLY));
            CHECK(followups == run->followups);
        }
        CHECK(next == made.cells.count);
        unmake(&made);
    }
}

/* Own messages in the hour before the middle of each uncut cell, counted anew. */
static void test_own_recent(void)
{
    fill_random(4, 3000);
    made_t made;
    make(&made, 5);
    size_t wrong = 0;
    for (size_t i = 0; i < made.cells.run_count; i++) {
        const ebb_run_t *run = &made.cells.runs[i];
        double begin = run->begin;
        for (uint32_t j = 0; j < run->cell_count; j++) {
            const ebb_cell_t *cell = &made.cells.list[run->first_cell + j];
            double middle = begin + (double)cell->nominal / 2;
            size_t least = 0, most = 0; /* rounding may decide at the hour's edge */
            for (size_t k = 0; k < made.contacts.count; k++) {
                const ebb_contact_t *contact = &made.contacts.list[k];
                bool own = contact->person == 0 &&
                           contact->type == EBB_CONTACT_MESSAGE &&
                           contact->t <= begin + 0.004;
                least += own && contact->t > middle - 60 + 0.01;
                most += own && contact->t > middle - 60 - 0.01;
            }
            double own = expm1((double)cell->log_own_recent);
            wrong += own < (double)least - 1e-3 || own > (double)most + 1e-3;
            begin += (double)cell->exposure;
        }
    }
    CHECK(wrong == 0);
    unmake(&made);
}

static bool same_knowledge(const ebb_cell_t *a, const ebb_cell_t *b)
{
    return a->nominal == b->nominal && a->log_a_o == b->log_a_o &&
           a->log_a_s == b->log_a_s && a->log_t0_o == b->log_t0_o &&
           a->log_t1_o == b->log_t1_o && a->log_t1 == b->log_t1 && a->hour == b->hour &&
           a->drift == b->drift && a->log_own_recent == b->log_own_recent &&
           a->log_n == b->log_n && a->run == b->run && a->n == b->n &&
           a->after_gap == b->after_gap && a->from_t0 == b->from_t0;
}

/* Whatever ends a cell, and when: what the cell knows was known before. Every contact
 * in turn comes a little earlier (or, within the cell, later), all else equal. */
static void test_no_foresight(void)
{
    fill_random(5, 400);
    made_t made;
    make(&made, 5);
    ebb_cells_t all = made.cells;
    size_t compared = 0;
    for (size_t i = 5; i + 1 < made.contacts.count; i++) {
        ebb_contact_t *contact = &made.contacts.list[i];
        double before = contact->t - contact[-1].t, after = contact[1].t - contact->t;
        double move = i % 2 ? -0.4 * before : 0.4 * after;
        contact->t += move;
        contact->wall += move;
        cut_part(&made, 5, (double)-INFINITY, (double)INFINITY);
        contact->t -= move;
        contact->wall -= move;
        double first = contact->t < contact->t + move ? contact->t : contact->t + move;
        for (size_t run = 0; run < all.run_count && run < made.cells.run_count; run++) {
            /* cells that begin before either version of the contact */
            double begin = all.runs[run].begin;
            if (begin != made.cells.runs[run].begin) {
                break;
            }
            for (uint32_t j = 0; j < all.runs[run].cell_count; j++) {
                if (begin >= first - 1e-3) {
                    break;
                }
                const ebb_cell_t *a = &all.list[all.runs[run].first_cell + j];
                const ebb_cell_t *b =
                    &made.cells.list[made.cells.runs[run].first_cell + j];
                if (!same_knowledge(a, b)) {
                    CHECK(same_knowledge(a, b));
                }
                compared++;
                begin += (double)a->exposure;
            }
        }
        ebb_cells_free(&made.cells);
    }
    CHECK(compared > 100000);
    made.cells = all;
    unmake(&made);
}

/* Parts of a record have the runs that begin in them, whole and with their past. */
static void test_parts(void)
{
    fill_random(6, 2000);
    made_t made;
    make(&made, 5);
    ebb_cells_t all = made.cells;
    size_t runs = 0;
    double end = made.contacts.list[made.contacts.count - 1].t, third = end / 3;
    for (int part = 0; part < 3; part++) {
        cut_part(&made, 5, part * third, part < 2 ? (part + 1) * third : end + 1);
        for (size_t i = 0; i < made.cells.run_count; i++) {
            const ebb_run_t *a = &all.runs[runs + i], *b = &made.cells.runs[i];
            CHECK(b->begin >= part * third && b->begin < (part + 1) * third + 1);
            CHECK(a->begin == b->begin && a->end == b->end);
            CHECK(a->cell_count == b->cell_count && a->log_pace == b->log_pace);
            CHECK(a->log_volume[0] == b->log_volume[0] && a->week == b->week);
            CHECK(a->log_recent_o == b->log_recent_o);
            for (uint32_t j = 0; j < b->cell_count; j++) {
                float drift = made.cells.list[b->first_cell + j].drift;
                CHECK(drift >= 0 && drift <= 1); /* its own, of this part */
            }
        }
        runs += made.cells.run_count;
        ebb_cells_free(&made.cells);
    }
    CHECK(runs == all.run_count);
    made.cells = all;
    unmake(&made);
}

/* A walk that begins at a mark finds the same as one from the record's beginning, to
 * the bit. */
static void test_marks(void)
{
    fill_random(9, 2000);
    made_t made;
    make(&made, 5);
    ebb_cells_free(&made.cells);
    double last = made.contacts.list[made.contacts.count - 1].t;
    ebb_mark_t marks[5] = {{.time = 0}};
    for (size_t i = 1; i < 5; i++) { /* the last one lies beyond the record */
        marks[i].time = last * (double)i / 3.5;
    }
    ebb_cut_t cut = {.contacts = &made.contacts,
                     .rhythm = &made.rhythm,
                     .merge_min = 5,
                     .begin = (double)-INFINITY,
                     .end = (double)INFINITY,
                     .marks = marks,
                     .mark_count = 5};
    ebb_cells_init(&made.cells, ebb_alloc_default());
    CHECK(ebb_cells_add(&made.cells, &cut, NULL) == EBB_OK);
    ebb_cells_free(&made.cells);
    CHECK(marks[0].contact == 0 && marks[1].contact > 0);
    size_t cell_size = offsetof(ebb_cell_t, from_t0) + 1; /* all but the padding */
    size_t run_size = offsetof(ebb_run_t, reply_kind) + 1;
    for (size_t i = 0; i < 4; i++) {
        double begin = marks[i].time, end = marks[i + 1].time;
        CHECK(made.contacts.list[marks[i].contact].t < begin - EBB_DAY_MIN || i == 0);
        cut_part(&made, 5, begin, end);
        ebb_cells_t plain = made.cells;
        cut.begin = begin;
        cut.end = end;
        cut.from = &marks[i];
        cut.mark_count = 0;
        ebb_cells_init(&made.cells, ebb_alloc_default());
        CHECK(ebb_cells_add(&made.cells, &cut, NULL) == EBB_OK);
        CHECK(plain.count == made.cells.count && plain.weeks == made.cells.weeks);
        CHECK(plain.run_count == made.cells.run_count && plain.run_count > 10);
        for (size_t k = 0; k < plain.count; k++) {
            CHECK(memcmp(&plain.list[k], &made.cells.list[k], cell_size) == 0);
        }
        for (size_t k = 0; k < plain.run_count; k++) {
            CHECK(memcmp(&plain.runs[k], &made.cells.runs[k], run_size) == 0);
        }
        ebb_cells_free(&plain);
        ebb_cells_free(&made.cells);
    }
    unmake(&made);
}

/* A second record follows the first with weeks of its own. */
static void test_pooled(void)
{
    fill_random(7, 500);
    made_t made;
    make(&made, 5);
    size_t runs = made.cells.run_count, cells = made.cells.count;
    ebb_cut_t cut = {.contacts = &made.contacts,
                     .rhythm = &made.rhythm,
                     .merge_min = 5,
                     .begin = (double)-INFINITY,
                     .end = (double)INFINITY,
                     .first_week = made.contacts.weeks};
    CHECK(ebb_cells_add(&made.cells, &cut, NULL) == EBB_OK);
    CHECK(made.cells.run_count == 2 * runs && made.cells.count == 2 * cells);
    for (size_t i = 0; i < runs; i++) {
        const ebb_run_t *a = &made.cells.runs[i], *b = &made.cells.runs[runs + i];
        CHECK(b->week == a->week + made.contacts.weeks && b->begin == a->begin);
        CHECK(b->first_cell == a->first_cell + cells);
        CHECK(made.cells.list[b->first_cell].run == runs + i);
    }
    unmake(&made);
}

/* One event of 1970, then sixty years of nothing: clocks that were reset do that. Also
 * a first day that is Monday here and, after a flight west, Sunday again. */
static void test_odd_clocks(void)
{
    begin_record();
    record_text(&record, 0, 0);
    for (int i = 1; i < 400; i++) {
        record_at(&record, (int64_t)60 * 365 * 86400 + i * 977, i / 3 % 2,
                  EBB_KIND_TEXT);
    }
    for (size_t i = 0; i < record.count; i++) {
        record.events[i].local_s -= RECORD_MONDAY;
    }
    made_t made;
    make(&made, 5);
    CHECK(made.cells.run_count > 60 && made.cells.count < 20000);
    double exposure = 0, open = 0;
    for (size_t i = 0; i < made.cells.count; i++) {
        exposure += (double)made.cells.list[i].exposure;
    }
    for (size_t i = 0; i < made.cells.run_count; i++) {
        open += made.cells.runs[i].end - made.cells.runs[i].begin;
    }
    CHECK_NEAR(exposure, open, 0.1);
    unmake(&made);

    begin_record();
    for (int i = 0; i < 40; i++) {
        record_text(&record, 10 + i, i / 3 % 2)->offset_s = 7200;
    }
    for (int i = 0; i < 40; i++) { /* ten hours west, an hour later */
        record_text(&record, 60 + 10 + i - 600, i / 3 % 2)->offset_s = 7200 - 36000;
    }
    make(&made, 5);
    for (size_t i = 0; i < made.cells.count; i++) {
        CHECK(made.cells.list[i].hour >= 0 && made.cells.list[i].hour <= 24);
    }
    unmake(&made);
}

int main(void)
{
    test_exact();
    check_grid(0);
    check_grid(19800);
    check_grid(EBB_OFFSET_UNKNOWN);
    test_endings();
    test_open_end();
    test_merge_gaps();
    test_exact_gap();
    test_exposure();
    test_own_recent();
    test_no_foresight();
    test_parts();
    test_marks();
    test_pooled();
    test_odd_clocks();
    return check_report(__FILE__);
}
