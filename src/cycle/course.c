/* SPDX-License-Identifier: MIT
 * The course of a record: counts, weeks, who starts, how long answers take, at which
 * hours. */
#include <math.h>
#include <string.h>

#include "core/calendar.h"
#include "core/memory.h"
#include "cycle/cells.h"
#include "cycle/describe.h"
#include "cycle/stats.h"

#define TURN_GAP_MIN 5.0
#define START_GAP_MIN 360.0

/* One answer: whose, when, how long after the first unanswered message. */
typedef struct ebb_answer {
    uint32_t week;
    uint8_t person;
    double minutes;
} ebb_answer_t;

typedef struct ebb_course {
    ebb_cycle_t *cycle;
    const ebb_contacts_t *contacts;
    ebb_answer_t *answers;
    size_t answer_count;
    uint32_t (*starts)[2]; /* by week */
    double *values;        /* scratch, one for each contact */
} ebb_course_t;

/* Turns, follow-ups, answers and starts in one pass. */
static void walk_turns(ebb_course_t *course)
{
    const ebb_contacts_t *contacts = course->contacts;
    int holder = -1; /* who has an unanswered message */
    double first = 0, last = -(double)INFINITY, last_any = -(double)INFINITY;
    double last_outreach = (double)INFINITY; /* the first of all is no start */
    for (size_t i = 0; i < contacts->count; i++) {
        const ebb_contact_t *contact = &contacts->list[i];
        size_t at = ebb_contact_week(contacts, contact);
        ebb_week_t *week = &course->cycle->weeks[at];
        int k = contact->person;
        double quiet_h = (contact->t - last_any) / 60;
        if (isfinite(quiet_h) && quiet_h > week->longest_silence_h) {
            week->longest_silence_h = quiet_h;
        }
        last_any = contact->t;
        if (contact->type != EBB_CONTACT_REACTION) {
            if (k < 2) { /* who began a call told without a name is not known */
                course->starts[at][k] += contact->t - last_outreach >= START_GAP_MIN;
            }
            last_outreach = contact->t;
        }
        if (contact->t - last > EBB_CENSOR_MIN) {
            holder = -1; /* nobody waits for longer: what comes is no answer */
        }
        if (holder == 1 - k) {
            course->answers[course->answer_count++] =
                (ebb_answer_t){(uint32_t)at, (uint8_t)k, contact->t - first};
        }
        if (contact->type != EBB_CONTACT_MESSAGE) {
            holder = contact->type == EBB_CONTACT_CALL || holder == 1 - k ? -1 : holder;
            continue;
        }
        bool same = holder == k, new_turn = !same || contact->t - last > TURN_GAP_MIN;
        first = same ? first : contact->t;
        last = contact->t;
        holder = k;
        week->messages[k]++;
        week->turns[k] += new_turn;
        week->followups[k] += same && new_turn;
    }
}

/* The median answer of one person within a week, or over all (week == SIZE_MAX). */
static size_t collect_answers(const ebb_course_t *course, int person, size_t from,
                              size_t until)
{
    size_t n = 0;
    for (size_t i = from; i < until; i++) {
        if (course->answers[i].person == person) {
            course->values[n++] = course->answers[i].minutes;
        }
    }
    return n;
}

static void reply_times(ebb_course_t *course)
{
    ebb_cycle_t *cycle = course->cycle;
    for (int k = 0; k < 2; k++) {
        size_t n = collect_answers(course, k, 0, course->answer_count);
        cycle->reply_minutes[k] = ebb_quantile(course->values, n, 0.5);
        cycle->reply_p90_minutes[k] = ebb_quantile(course->values, n, 0.9);
        size_t at = 0;
        for (size_t week = 0; week < cycle->week_count; week++) {
            size_t from = at;
            while (at < course->answer_count && course->answers[at].week <= week) {
                at++;
            }
            n = collect_answers(course, k, from, at);
            cycle->weeks[week].reply_minutes[k] = ebb_quantile(course->values, n, 0.5);
        }
    }
}

/* Days from the first to the last contact: Monday to Friday, and of weekends. */
static void count_days(const ebb_contacts_t *contacts, double days[2])
{
    int64_t first = ebb_floor_div(contacts->list[0].local_s, EBB_DAY_S), last = first;
    for (size_t i = 0; i < contacts->count; i++) { /* clocks may be set back */
        int64_t day = ebb_floor_div(contacts->list[i].local_s, EBB_DAY_S);
        first = day < first ? day : first;
        last = day > last ? day : last;
    }
    days[0] = days[1] = 0;
    for (int64_t day = first; day <= last; day++) {
        days[ebb_weekday(day) >= 5] += 1;
    }
}

/* Share of hours with a message, by hour of the day, working days and weekends apart.
 */
static void active_hours(ebb_course_t *course)
{
    const ebb_contacts_t *contacts = course->contacts;
    double days[2];
    count_days(contacts, days);
    int64_t next[2] = {INT64_MIN, INT64_MIN}; /* a repeated hour counts once */
    for (size_t i = 0; i < contacts->count; i++) {
        const ebb_contact_t *contact = &contacts->list[i];
        int64_t hour = ebb_floor_div(contact->local_s, 3600);
        if (contact->type == EBB_CONTACT_MESSAGE && hour >= next[contact->person]) {
            next[contact->person] = hour + 1;
            int64_t day = ebb_floor_div(hour, 24);
            bool weekend = ebb_weekday(day) >= 5;
            course->cycle->hours[contact->person][weekend][hour - 24 * day] +=
                (float)(1 / days[weekend]);
        }
    }
}

static void summarise(ebb_course_t *course)
{
    ebb_cycle_t *cycle = course->cycle;
    const ebb_contacts_t *contacts = course->contacts;
    const ebb_contact_t *last = &contacts->list[contacts->count - 1];
    cycle->first_s = contacts->list[0].local_s;
    cycle->last_s = last->local_s;
    cycle->days = (last->t - contacts->list[0].t) / EBB_DAY_MIN;
    cycle->minute_clock = contacts->minute_clock;
    cycle->calls = contacts->calls;
    cycle->start_gap_h = START_GAP_MIN / 60;
    for (int k = 0; k < 2; k++) {
        cycle->messages[k] = contacts->messages[k];
        for (size_t week = 0; week < cycle->week_count; week++) {
            cycle->turns[k] += cycle->weeks[week].turns[k];
            cycle->starts[k] += course->starts[week][k];
        }
    }
    cycle->start_share =
        ebb_share((const uint32_t(*)[2])course->starts, cycle->week_count);
}

int ebb_describe_course(ebb_cycle_t *cycle, const ebb_contacts_t *contacts)
{
    const ebb_alloc_t *alloc = cycle->_alloc;
    ebb_course_t course = {.cycle = cycle, .contacts = contacts};
    cycle->week_count = contacts->weeks;
    cycle->weeks = ebb_new_array(alloc, contacts->weeks, sizeof *cycle->weeks);
    course.answers = ebb_new_array(alloc, contacts->count, sizeof *course.answers);
    course.starts = ebb_new_array(alloc, contacts->weeks, sizeof *course.starts);
    course.values = ebb_new_array(alloc, contacts->count, sizeof *course.values);
    int code = EBB_ERR_MEMORY;
    if (cycle->weeks && course.answers && course.starts && course.values) {
        for (size_t week = 0; week < contacts->weeks; week++) {
            cycle->weeks[week].begin_s = contacts->origin_s + (int64_t)week * 604800;
        }
        walk_turns(&course);
        reply_times(&course);
        active_hours(&course);
        summarise(&course);
        code = EBB_OK;
    }
    ebb_free_array(alloc, course.answers, contacts->count, sizeof *course.answers);
    ebb_free_array(alloc, course.starts, contacts->weeks, sizeof *course.starts);
    ebb_free_array(alloc, course.values, contacts->count, sizeof *course.values);
    return code;
}
