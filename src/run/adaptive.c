/* SPDX-License-Identifier: MIT
 *
 * Steps as the tolerance asks, for each lane its own.
 *
 * Main idea: all lanes of a block try a step at once, each from its own time and of its
 * own length; some accept it, some reject it, some have reached the end of the segment
 * and compute along for nothing. What a lane decides depends on its own error alone,
 * so a couple has the same bits alone, in any block and beside any neighbour.
 *
 * Error: the largest of all rows, |wrong| / (absolute + relative max(|x|, |x'|)). The
 * largest, and not the root of a mean, since it does not depend on the order of the
 * states: exchanging two partners exchanges the result exactly. Next step: PI control
 * (Gustafsson 1991), h 0.9 e^(-0.7/q) e_before^(0.4/q), within [1/5, 5].
 *
 * Within a step the state is, with s = (t - t_begin) / h and u = 1 - s,
 *
 *     c0 + s (c1 + u (c2 + s (c3 + u c4)))
 *
 * which both methods fill in their own way (Hairer, Norsett and Wanner 1993, II.6).
 * Outputs, summaries and events are read off it. An event: guards are looked at in four
 * places of the step; where one has risen, or a chance is used up, bisection finds the
 * first moment at which that is so, and the step ends there.
 */
#include <math.h>
#include <string.h>

#include "math/elementary.h"
#include "math/power_kernel.h"
#include "run/lanes.h"

#define BISECTIONS 50

/* --- dense output ----------------------------------------------------------------- */

EBB_CLONES static void adaptive_blend(double *restrict out, double *const c[5],
                                      const double *restrict s, size_t first,
                                      size_t rows, size_t w)
{
    for (size_t r = first; r < rows; r++) {
        for (size_t i = 0; i < w; i++) {
            size_t at = r * w + i;
            double u = 1 - s[i];
            double inner = c[2][at] + s[i] * (c[3][at] + u * c[4][at]);
            out[at] = c[0][at] + s[i] * (c[1][at] + u * inner);
        }
    }
}

/* All lanes at s of their step. */
static void adaptive_at(ebb_cohort_t *lanes, const double *s)
{
    adaptive_blend(ebb_lanes_row(lanes, 0), lanes->dense, s, 0, lanes->run->rows,
                   lanes->width);
    for (size_t i = 0; i < lanes->width; i++) {
        lanes->time[i] = lanes->t_begin[i] + s[i] * lanes->h[i];
    }
    ebb_lanes_lead(lanes);
}

/* --- step control ----------------------------------------------------------------- */

EBB_CLONES static void adaptive_norm(double *restrict error, const ebb_cohort_t *lanes,
                                     const double *restrict wrong,
                                     const double *restrict before,
                                     const double *restrict after)
{
    double relative = lanes->run->tolerance, least = lanes->run->tolerance_absolute;
    size_t w = lanes->width, rows = lanes->run->rows;
    for (size_t i = 0; i < w; i++) {
        error[i] = 0;
    }
    for (size_t r = 0; r < rows; r++) {
        for (size_t i = 0; i < w; i++) {
            size_t at = r * w + i;
            double a = ebb_magnitude(before[at]), b = ebb_magnitude(after[at]);
            double e = ebb_magnitude(wrong[at]) / (least + relative * (a > b ? a : b));
            e = e == e ? e : EBB_INFINITY;
            error[i] = e > error[i] ? e : error[i];
        }
    }
}

/* With delays the step must also be short enough for the cubic by which the past is
 * read: the interpolant without c4, which is off by c4 / 16 in the middle. */
static void adaptive_norm_past(ebb_cohort_t *lanes)
{
    const ebb_system_t *system = lanes->run->system;
    double relative = lanes->run->tolerance, least = lanes->run->tolerance_absolute;
    for (size_t d = 0; d < system->delay_count; d++) {
        for (size_t i = 0; i < lanes->width; i++) {
            size_t at = system->delays[d].state * lanes->width + i;
            double size = ebb_magnitude(lanes->begin[at]);
            double e = ebb_magnitude(lanes->dense[4][at]) / 16;
            e = e / (least + relative * size);
            lanes->error[i] = e > lanes->error[i] ? e : lanes->error[i];
        }
    }
}

/* A first step: a hundredth of the time in which states change by their size. */
static void adaptive_first(ebb_cohort_t *lanes)
{
    double size[EBB_LANES_MOST] = {0}, speed[EBB_LANES_MOST] = {0};
    const double *rows = ebb_lanes_row(lanes, 0);
    adaptive_norm(size, lanes, rows, rows, rows);
    adaptive_norm(speed, lanes, lanes->stage[0], rows, rows);
    for (size_t i = 0; i < lanes->width; i++) {
        bool known = size[i] > 1e-5 && speed[i] > 1e-5 && speed[i] < EBB_INFINITY;
        double h = known ? 0.01 * size[i] / speed[i] : 1e-6 * lanes->run->length;
        if (!(lanes->h_next[i] > 0)) {
            lanes->h_next[i] = h < lanes->run->length ? h : lanes->run->length;
        }
    }
}

/* The step of a lane: no further than the end, a kink or the shortest lag. */
static void adaptive_choose(ebb_cohort_t *lanes, size_t i, double end)
{
    double t = lanes->time[i], h = lanes->h_next[i], limit = end;
    if (lanes->run->system->delay_count) {
        double kink = ebb_lookback_kink(lanes, i, t * (1 + 1e-14));
        double lag = ebb_lookback_shortest(lanes, i);
        limit = kink < end && !ebb_same_time(kink, end) ? kink : end;
        h = h > lag ? lag : h;
    }
    double rest = limit - t;
    bool last = h >= rest * (1 - 1e-10);
    h = last ? rest : h > 0.5 * rest ? 0.5 * rest : h;
    lanes->h[i] = lanes->busy[i] ? h : 0;
    lanes->t_begin[i] = t;
    lanes->t_limit[i] = last ? limit : t + h;
}

/* By how much the step of each lane is to change. */
EBB_CLONES __attribute__((flatten)) static void
adaptive_factors(double *restrict factor, const double *restrict error,
                 const double *restrict before, double order, size_t w)
{
    for (size_t i = 0; i < w; i++) {
        bool good = error[i] <= 1;
        double e = error[i] > 1e-10 ? error[i] : 1e-10;
        double f = 0.9 * ebb_math_pow(e, (good ? -0.7 : -1.0) / order) *
                   ebb_math_pow(before[i], good ? 0.4 / order : 0.0);
        f = f > 5 ? 5 : f;
        factor[i] = f > 0.2 ? f : 0.2;
    }
}

/* Accepts or rejects, and chooses the next step. */
static void adaptive_judge(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    bool four = run->method == EBB_METHOD_ROSENBROCK || run->system->delay_count;
    double factor[EBB_LANES_MOST] = {0};
    adaptive_norm(lanes->error, lanes, lanes->wrong, lanes->begin, lanes->proposal);
    adaptive_norm_past(lanes);
    adaptive_factors(factor, lanes->error, lanes->error_before, four ? 4 : 5,
                     lanes->width);
    for (size_t i = 0; i < lanes->width; i++) {
        bool good = lanes->error[i] <= 1;
        lanes->accepted[i] = lanes->busy[i] && good;
        if (!lanes->busy[i]) {
            continue;
        }
        double next = lanes->h[i] * factor[i];
        bool cut = good && lanes->h[i] < lanes->h_next[i];
        lanes->h_next[i] = cut && next < lanes->h_next[i] ? lanes->h_next[i] : next;
        if (good) {
            lanes->error_before[i] = lanes->error[i] > 1e-4 ? lanes->error[i] : 1e-4;
        } else if (lanes->h_next[i] < 1e-14 * (1 + lanes->t_begin[i])) {
            ebb_lanes_fail(lanes, i,
                           lanes->error[i] < EBB_INFINITY ? EBB_LANE_STEP_SMALL
                                                          : EBB_LANE_NOT_FINITE);
        }
        if (++lanes->steps[i] > lanes->run->steps_most) {
            ebb_lanes_fail(lanes, i, EBB_LANE_MANY_STEPS);
        }
    }
}

/* --- events within a step --------------------------------------------------------- */

/* Lanes in `which` where at s a guard has risen since `guard`, or a chance is used up.
 * With `keep` the guards of the others are kept. */
static bool adaptive_happens(ebb_cohort_t *lanes, const double *s, const bool *which,
                             bool keep, bool *happens)
{
    const ebb_simulation_t *run = lanes->run;
    size_t w = lanes->width;
    bool any = false;
    if (run->guards) {
        adaptive_at(lanes, s);
        ebb_lanes_do(lanes, EBB_DO_GUARDS);
    } else {
        adaptive_blend(ebb_lanes_row(lanes, 0), lanes->dense, s, run->states, run->rows,
                       w);
    }
    for (size_t i = 0; i < w; i++) {
        bool now = false;
        for (size_t g = 0; g < run->guards; g++) {
            double value = ebb_lanes_root(lanes, EBB_DO_GUARDS, g)[i];
            now = now || (lanes->guard[g * w + i] <= 0 && value > 0);
        }
        for (size_t r = run->states; r < run->rows; r++) {
            now = now || ebb_lanes_row(lanes, r)[i] <= 0;
        }
        happens[i] = which[i] && now;
        any = any || happens[i];
        for (size_t g = 0; g < run->guards && keep && which[i] && !now; g++) {
            lanes->guard[g * w + i] = ebb_lanes_root(lanes, EBB_DO_GUARDS, g)[i];
        }
    }
    return any;
}

static void adaptive_bisect(ebb_cohort_t *lanes, const bool *found, double *low,
                            double *high)
{
    double middle[EBB_LANES_MOST] = {0};
    bool happens[EBB_LANES_MOST] = {0};
    for (int k = 0; k < BISECTIONS; k++) {
        for (size_t i = 0; i < lanes->width; i++) {
            middle[i] = found[i] ? 0.5 * (low[i] + high[i]) : 0;
        }
        (void)adaptive_happens(lanes, middle, found, false, happens);
        for (size_t i = 0; i < lanes->width; i++) {
            high[i] = happens[i] ? middle[i] : high[i];
            low[i] = happens[i] ? low[i] : middle[i];
        }
    }
}

/* How much of the step each lane goes: 1, or up to the first event. */
static void adaptive_cut(ebb_cohort_t *lanes, double *part)
{
    bool open[EBB_LANES_MOST] = {0}, happens[EBB_LANES_MOST] = {0},
         found[EBB_LANES_MOST] = {0};
    double s[EBB_LANES_MOST] = {0}, low[EBB_LANES_MOST] = {0};
    const ebb_simulation_t *run = lanes->run;
    bool any = false;
    for (size_t i = 0; i < lanes->width; i++) {
        part[i] = 1;
        low[i] = 0;
        open[i] = lanes->accepted[i];
        found[i] = false;
    }
    if (run->guards + run->chances == 0) {
        return;
    }
    for (int quarter = run->guards ? 1 : 4; quarter <= 4; quarter++) {
        for (size_t i = 0; i < lanes->width; i++) {
            s[i] = 0.25 * quarter;
        }
        any = adaptive_happens(lanes, s, open, true, happens) || any;
        for (size_t i = 0; i < lanes->width; i++) {
            part[i] = happens[i] ? s[i] : part[i];
            found[i] = found[i] || happens[i];
            open[i] = open[i] && !happens[i];
            low[i] = open[i] && run->guards ? s[i] : low[i];
        }
    }
    if (any) {
        adaptive_bisect(lanes, found, low, part);
    }
}

/* --- what is read off a step ------------------------------------------------------ */

/* Outputs whose times lie in the step, before its end. */
static void adaptive_write(ebb_cohort_t *lanes, const double *part, double end)
{
    const ebb_simulation_t *run = lanes->run;
    bool due[EBB_LANES_MOST] = {0};
    double s[EBB_LANES_MOST] = {0};
    for (bool any = true; any;) {
        any = false;
        for (size_t i = 0; i < lanes->width; i++) {
            size_t next = lanes->next_time[i];
            double t = next < run->time_count ? run->times[next] : EBB_INFINITY;
            double to = part[i] < 1 ? lanes->t_begin[i] + part[i] * lanes->h[i]
                                    : lanes->t_limit[i];
            due[i] = lanes->accepted[i] && t < to && !ebb_same_time(t, end);
            s[i] = due[i] ? (t - lanes->t_begin[i]) / lanes->h[i] : 0;
            s[i] = s[i] > 0 ? s[i] : 0;
            any = any || due[i];
        }
        if (any) {
            adaptive_at(lanes, s);
            ebb_lanes_bound(lanes);
            ebb_lanes_write(lanes, due);
        }
    }
}

/* The longest stretch between two looks at what is summed up: a hundredth of the
 * shortest span. Conditions change at once, and only looking finds out when. */
static double adaptive_stretch(const ebb_simulation_t *run)
{
    double shortest = run->length;
    for (size_t k = 0; k < run->watches; k++) {
        double span = run->plan->summaries[k].end - run->plan->summaries[k].begin;
        shortest = span > 0 && span < shortest ? span : shortest;
    }
    return shortest / 100;
}

/* Summaries, by Boole's rule over pieces of the part of the step that counts: as many
 * in each lane as its own step needs. */
static void adaptive_watch(ebb_cohort_t *lanes, const double *part)
{
    static const double boole[4] = {14. / 90, 32. / 90, 12. / 90, 32. / 90};
    double s[EBB_LANES_MOST] = {0}, to[EBB_LANES_MOST] = {0},
           weight[EBB_LANES_MOST] = {0};
    double pieces[EBB_LANES_MOST] = {0}, most = 0,
           stretch = adaptive_stretch(lanes->run);
    bool looks[EBB_LANES_MOST] = {0};
    for (size_t i = 0; i < lanes->width; i++) {
        to[i] = lanes->t_begin[i] + part[i] * lanes->h[i];
        pieces[i] =
            lanes->accepted[i] ? ceil((to[i] - lanes->t_begin[i]) / (4 * stretch)) : 0;
        most = pieces[i] > most ? pieces[i] : most;
    }
    for (double k = 0; k <= 4 * most && lanes->run->watches; k++) {
        for (size_t i = 0; i < lanes->width; i++) {
            looks[i] = pieces[i] > 0 && k <= 4 * pieces[i];
            bool end = k == 0 || k == 4 * pieces[i];
            double by = end ? 7. / 90 : boole[(size_t)k % 4];
            s[i] = looks[i] ? k / (4 * pieces[i]) * part[i] : 0;
            weight[i] = looks[i] ? by * part[i] * lanes->h[i] / pieces[i] : 0;
        }
        adaptive_at(lanes, s);
        ebb_lanes_bound(lanes);
        ebb_watch_sample(lanes, looks, lanes->t_begin, to, weight);
    }
}

/* --- the end of a step ------------------------------------------------------------ */

/* Rows and times after the step: its end, the event in it, or where it began. */
static void adaptive_commit(ebb_cohort_t *lanes, const double *part)
{
    size_t w = lanes->width;
    double *rows = ebb_lanes_row(lanes, 0);
    adaptive_blend(rows, lanes->dense, part, 0, lanes->run->rows, w);
    for (size_t r = 0; r < lanes->run->rows; r++) {
        for (size_t i = 0; i < w; i++) {
            size_t at = r * w + i;
            rows[at] = !lanes->accepted[i] ? lanes->begin[at]
                       : part[i] < 1       ? rows[at]
                                           : lanes->proposal[at];
        }
    }
    for (size_t i = 0; i < w; i++) {
        double cut = lanes->t_begin[i] + part[i] * lanes->h[i];
        lanes->time[i] = !lanes->accepted[i] ? lanes->t_begin[i]
                         : part[i] < 1       ? cut
                                             : lanes->t_limit[i];
        if (lanes->status[i]) {
            ebb_lanes_fail(lanes, i, lanes->status[i]);
        }
    }
}

static void adaptive_take(ebb_cohort_t *lanes, const bool *which, size_t row,
                          const double *from)
{
    double *to = lanes->stage[0] + row * lanes->width;
    for (size_t i = 0; i < lanes->width; i++) {
        to[i] = which[i] ? from[i] : to[i];
    }
}

/* Rates at the times and states of now, of the lanes in `which`. */
static void adaptive_rates(ebb_cohort_t *lanes, const bool *which)
{
    ebb_lanes_lead(lanes);
    ebb_drive_rates(lanes, lanes->wrong);
    for (size_t r = 0; r < lanes->run->rows; r++) {
        adaptive_take(lanes, which, r, lanes->wrong + r * lanes->width);
    }
}

/* Rates at the new beginning: those at the end of the step where the method has them
 * and nothing else happened. */
static void adaptive_renew(ebb_cohort_t *lanes, const double *part)
{
    const ebb_simulation_t *run = lanes->run;
    bool own = run->method == EBB_METHOD_DORMAND_PRINCE && run->bounded_count == 0;
    bool fresh[EBB_LANES_MOST] = {0};
    bool any = false;
    for (size_t i = 0; i < lanes->width; i++) {
        fresh[i] = lanes->accepted[i] && (!own || part[i] < 1 || lanes->moved[i]);
        any = any || fresh[i];
    }
    for (size_t r = 0; r < run->rows && own; r++) {
        adaptive_take(lanes, lanes->accepted, r, lanes->stage[6] + r * lanes->width);
    }
    /* where there is a jump, what was before it is kept too */
    if (any) {
        adaptive_rates(lanes, fresh);
    }
}

static void adaptive_step(ebb_cohort_t *lanes, double end)
{
    const ebb_simulation_t *run = lanes->run;
    double part[EBB_LANES_MOST] = {0};
    for (size_t i = 0; i < lanes->width; i++) {
        adaptive_choose(lanes, i, end);
    }
    memcpy(lanes->begin, ebb_lanes_row(lanes, 0),
           run->rows * lanes->width * sizeof(double));
    if (run->method == EBB_METHOD_ROSENBROCK) {
        ebb_rosenbrock_try(lanes);
    } else {
        ebb_dormand_prince_try(lanes);
    }
    adaptive_judge(lanes);
    adaptive_cut(lanes, part);
    adaptive_write(lanes, part, end);
    adaptive_watch(lanes, part);
    adaptive_commit(lanes, part);
    ebb_lanes_bound(lanes);
    ebb_lanes_lead(lanes);
    if (run->system->delay_count) { /* the left side of a jump that may follow */
        adaptive_rates(lanes, lanes->accepted);
        ebb_lookback_keep(lanes, lanes->accepted, lanes->stage[0]);
    }
    ebb_events_settle(lanes, lanes->accepted, NULL);
    adaptive_renew(lanes, part);
    if (run->system->delay_count) {
        ebb_lookback_keep(lanes, lanes->moved, lanes->stage[0]);
    }
}

/* Outputs that are due at the beginning of the segment. */
static void adaptive_write_now(ebb_cohort_t *lanes, double begin)
{
    const ebb_simulation_t *run = lanes->run;
    bool due[EBB_LANES_MOST] = {0};
    for (size_t i = 0; i < lanes->width; i++) {
        size_t next = lanes->next_time[i];
        due[i] = !lanes->status[i] && next < run->time_count &&
                 (run->times[next] <= begin || ebb_same_time(run->times[next], begin));
    }
    ebb_lanes_write(lanes, due);
}

void ebb_adaptive_advance(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    double begin = run->stops[lanes->segment], end = run->stops[lanes->segment + 1];
    bool all[EBB_LANES_MOST] = {0};
    memset(all, true, sizeof all);
    adaptive_write_now(lanes, begin);
    adaptive_rates(lanes, all);
    ebb_lookback_keep(lanes, all, lanes->stage[0]);
    adaptive_first(lanes);
    for (bool any = true; any;) {
        any = false;
        for (size_t i = 0; i < lanes->width; i++) {
            lanes->busy[i] = !lanes->status[i] && lanes->time[i] < end;
            any = any || lanes->busy[i];
        }
        if (any) {
            adaptive_step(lanes, end);
        }
    }
}
