/* SPDX-License-Identifier: MIT
 *
 * Thoughts, answers owed, waiting and pressure; see agenda_mind.h.
 */
#include "agenda_mind.h"

enum {
    PURPOSE_THOUGHTS = 30, /* each + person */
    PURPOSE_OWED = 32,
    PURPOSE_WAIT = 34,
    PURPOSE_PRESSED = 36,
};

static const double THOUGHT_FADES_H = 4;
static const double UNEASE_OUTLASTS_H = 3;
static const double TIRED_H = 3;
static const double EXPECTED_QUANTILE = 0.65;
static const double PRESSED_FULL = 7;

static double fading_now(const agenda_fading_t *fading, int64_t t, double hours)
{
    const double past_h = (double)(t - fading->at_s) / AGENDA_HOUR;
    return past_h > 60 * hours ? 0 : fading->amount * agenda_exp(-past_h / hours);
}

static void fading_add(agenda_fading_t *fading, int64_t t, double hours, double more)
{
    fading->amount = fading_now(fading, t, hours) + more;
    fading->at_s = t;
}

void agenda_mind_start(agenda_mind_t *mind, const agenda_traits_t *traits,
                       const agenda_plan_t *other, uint64_t seed, int person)
{
    const uint64_t k = (uint64_t)person;
    *mind = (agenda_mind_t){.traits = traits,
                            .other = other,
                            .rng_thoughts = agenda_stream(seed, PURPOSE_THOUGHTS, k),
                            .rng_owed = agenda_stream(seed, PURPOSE_OWED, k),
                            .rng_wait = agenda_stream(seed, PURPOSE_WAIT, k),
                            .rng_pressed = agenda_stream(seed, PURPOSE_PRESSED, k),
                            .expected_s = AGENDA_HOUR};
    mind->thought_next = agenda_exponential(&mind->rng_thoughts, 1);
}

/* Things to say */

static double thought_now(const agenda_mind_t *mind, int i, int64_t t)
{
    const double past_h = (double)(t - mind->thought_s[i]) / AGENDA_HOUR;
    return mind->thoughts[i] * agenda_exp(-past_h / THOUGHT_FADES_H);
}

void agenda_mind_told(agenda_mind_t *mind, int index)
{
    mind->thought_count--;
    mind->thoughts[index] = mind->thoughts[mind->thought_count];
    mind->thought_s[index] = mind->thought_s[mind->thought_count];
}

static void thought_comes(agenda_mind_t *mind, int64_t t)
{
    const double importance = agenda_exponential(&mind->rng_thoughts, 1);
    if (mind->thought_count == AGENDA_THOUGHTS_MAX) {
        return; /* a full head takes in nothing more */
    }
    mind->thoughts[mind->thought_count] = importance;
    mind->thought_s[mind->thought_count++] = t;
}

void agenda_mind_think(agenda_mind_t *mind, int64_t t, double per_hour)
{
    const double per_second = per_hour / AGENDA_HOUR;
    double due = (double)(t - mind->thought_until_s) * per_second;
    while (mind->thought_next < due) {
        due -= mind->thought_next;
        thought_comes(mind, t - (int64_t)(due / per_second));
        mind->thought_next = agenda_exponential(&mind->rng_thoughts, 1);
    }
    mind->thought_next -= due;
    mind->thought_until_s = t;
    for (int i = mind->thought_count - 1; i >= 0; i--) {
        if (thought_now(mind, i, t) < 0.1) {
            agenda_mind_told(mind, i);
        }
    }
}

double agenda_mind_foremost(const agenda_mind_t *mind, int64_t t, int *index)
{
    double most = 0;
    *index = 0;
    for (int i = 0; i < mind->thought_count; i++) {
        const double now = thought_now(mind, i, t);
        if (now > most) {
            most = now;
            *index = i;
        }
    }
    return most;
}

double agenda_mind_threshold(const agenda_mind_t *mind, int64_t t)
{
    static const double by_want[] = {0.3, 0.5, 0.8};
    double threshold = 0.25;
    if (mind->waiting) {
        threshold = by_want[mind->wait_want] * mind->traits->etiquette;
    }
    return threshold + 1.2 * agenda_mind_looks_away(mind, t);
}

/* Answers owed */

void agenda_mind_owe(agenda_mind_t *mind, int64_t t, agenda_want_t want, double needs)
{
    for (int i = 0; i < mind->owed_count; i++) {
        mind->owed[i].put_off = 0; /* the chat is open: it is all there again */
        mind->owed[i].not_before_s = t;
    }
    if (!agenda_chance(&mind->rng_owed, needs)) {
        return;
    }
    if (mind->owed_count == AGENDA_OWED_MAX) {
        for (int i = 1; i < AGENDA_OWED_MAX; i++) {
            mind->owed[i - 1] = mind->owed[i];
        }
        mind->owed_count--;
    }
    mind->owed[mind->owed_count++] =
        (agenda_owed_t){.want = want, .read_s = t, .not_before_s = t};
}

bool agenda_mind_recalls(agenda_mind_t *mind, int64_t t, bool fresh, bool talking)
{
    const double forgotten_h = 30;
    while (mind->owed_count > 0 &&
           (double)(t - mind->owed[mind->owed_count - 1].read_s) >
               forgotten_h * AGENDA_HOUR) {
        mind->owed_count--;
    }
    if (mind->owed_count == 0) {
        return false;
    }
    agenda_owed_t *top = &mind->owed[mind->owed_count - 1];
    const double away = agenda_mind_looks_away(mind, t);
    double chance = mind->traits->recall / (1 + 0.15 * top->put_off);
    if (fresh) {
        chance = talking ? 0.95 : mind->traits->promptness;
    }
    if (t >= top->not_before_s && agenda_chance(&mind->rng_owed, chance * (1 - away))) {
        return true;
    }
    top->put_off++;
    if (fresh) {
        const double rest = agenda_lognormal(&mind->rng_owed, 15 * AGENDA_MINUTE, 1.2);
        top->not_before_s = t + (int64_t)(rest * (1 + 4 * away));
    }
    return false;
}

void agenda_mind_answered(agenda_mind_t *mind)
{
    mind->door_shut_until_s = 0; /* who has answered has opened the door */
    if (mind->owed_count == 0) {
        return;
    }
    mind->owed_count--;
    /* one answer mostly settles all that was open */
    if (mind->owed_count > 0 && agenda_chance(&mind->rng_owed, 0.8)) {
        mind->owed_count = 0;
    }
}

/* Waiting */

static int part_of_day(int64_t t)
{
    return (int)(t % AGENDA_DAY / (6 * AGENDA_HOUR));
}

/* What is usual: a quantile of the remembered answers, those of this part of the day
 * and after a like exchange counting more, old ones less. */
static double expectation(const agenda_mind_t *mind, int64_t t, bool engaged)
{
    const int kept = mind->answer_count < AGENDA_ANSWERS_KEPT ? mind->answer_count
                                                              : AGENDA_ANSWERS_KEPT;
    double value[AGENDA_ANSWERS_KEPT];
    double weight[AGENDA_ANSWERS_KEPT];
    double total = 0;
    double recency = 1;
    for (int n = 0; n < kept; n++, recency *= 0.95) {
        const agenda_answer_t *answer =
            &mind->answers[(mind->answer_count - 1 - n) % AGENDA_ANSWERS_KEPT];
        const double w = recency * (answer->part_of_day == part_of_day(t) ? 1 : 0.4) *
                         (answer->engaged == engaged ? 1 : 0.5);
        int i = n;
        for (; i > 0 && value[i - 1] > answer->silence_s; i--) {
            value[i] = value[i - 1];
            weight[i] = weight[i - 1];
        }
        value[i] = answer->silence_s;
        weight[i] = w;
        total += w;
    }
    double below = 0;
    for (int i = 0; i < kept; i++) {
        below += weight[i];
        if (below >= EXPECTED_QUANTILE * total) {
            return fmax(value[i], 8 * AGENDA_MINUTE);
        }
    }
    return AGENDA_HOUR;
}

/* Silence up to t, as felt by someone who knows the other's usual day. */
static double felt(agenda_mind_t *mind, int64_t t)
{
    while (mind->felt_until_s < t) {
        const int64_t slot = 20 * AGENDA_MINUTE;
        const int64_t end = (mind->felt_until_s / slot + 1) * slot;
        const int64_t until = end < t ? end : t;
        mind->felt_s += (double)(until - mind->felt_until_s) *
                        agenda_plan_usual(mind->other, mind->felt_until_s);
        mind->felt_until_s = until;
    }
    return mind->felt_s;
}

void agenda_mind_wrote(agenda_mind_t *mind, int64_t t, agenda_want_t want, bool further,
                       bool lively)
{
    if (!mind->waiting) {
        mind->waiting = true;
        mind->again = 0;
        mind->felt_s = 0;
        mind->felt_until_s = t;
        mind->engaged = lively;
        mind->expected_s = expectation(mind, t, lively);
        mind->wait_want = want;
    }
    if (want > mind->wait_want) {
        mind->wait_want = want;
    }
    mind->wait_last_s = t;
    mind->again += further;
}

void agenda_mind_heard(agenda_mind_t *mind, int64_t t, bool spoken)
{
    if (mind->waiting) {
        const double unease = agenda_mind_unease(mind, t);
        if (!spoken) {
            mind->answers[mind->answer_count++ % AGENDA_ANSWERS_KEPT] =
                (agenda_answer_t){felt(mind, t), part_of_day(t), mind->engaged};
        }
        mind->after = (agenda_fading_t){(spoken ? 0.3 : 0.6) * unease, t};
    } else {
        mind->after.amount *= spoken ? 0.5 : 0.85;
    }
    mind->tired.amount = 0;
    mind->waiting = false;
}

double agenda_mind_unease(agenda_mind_t *mind, int64_t t)
{
    static const double by_want[] = {0.35, 0.85, 1};
    double unease = fading_now(&mind->after, t, UNEASE_OUTLASTS_H);
    if (!mind->waiting) {
        return unease;
    }
    const double silence = felt(mind, t);
    const double beyond = fmax(0, silence / mind->expected_s - 1);
    const double rise = beyond / (beyond + 1.5);
    unease += by_want[mind->wait_want] * rise * (1 + 0.15 * fmin(mind->again, 3));
    unease -= fading_now(&mind->tired, t, TIRED_H);
    const double hopeless =
        silence / AGENDA_HOUR / (mind->traits->resign_h + mind->expected_s / 3600);
    if (hopeless > 1) {
        unease /= hopeless * hopeless;
    }
    return fmax(unease, 0);
}

bool agenda_mind_pursues(agenda_mind_t *mind, int64_t t)
{
    if (mind->pursuit <= 0 || !mind->waiting) {
        return false;
    }
    const double beyond = agenda_mind_unease(mind, t) - mind->traits->unease_at;
    const double since = (double)(t - mind->wait_last_s);
    if (beyond <= 0 || since < 5 * AGENDA_MINUTE) {
        return false;
    }
    /* hardly anybody asks again straight after asking */
    const double urge = 0.8 * mind->pursuit * beyond * since / (since + 900);
    if (!agenda_chance(&mind->rng_wait, urge / (1 + urge))) {
        return false;
    }
    fading_add(&mind->tired, t, TIRED_H, 0.12);
    return true;
}

/* Being pressed */

void agenda_mind_press(agenda_mind_t *mind, int64_t t, int times)
{
    if (mind->withdrawal <= 0) {
        return;
    }
    for (int i = 0; i < times; i++) {
        const double now = fading_now(&mind->pressed, t, mind->traits->recover_h);
        fading_add(&mind->pressed, t, mind->traits->recover_h,
                   0.8 * mind->withdrawal * fmax(0, 1 - now / PRESSED_FULL));
    }
    const double now = mind->pressed.amount;
    if (times > 0 && mind->can_shut && now > 1.2 && mind->door_shut_until_s < t &&
        agenda_chance(&mind->rng_pressed, 0.03 * fmin(now, 2))) {
        const double days = agenda_lognormal(&mind->rng_pressed, 2, 0.5);
        mind->door_shut_until_s = t + (int64_t)(fmin(days, 12) * AGENDA_DAY);
    }
}

double agenda_mind_looks_away(const agenda_mind_t *mind, int64_t t)
{
    if (t < mind->door_shut_until_s) {
        return 0.985;
    }
    const double now = fading_now(&mind->pressed, t, mind->traits->recover_h);
    return now / (now + 0.5);
}

void agenda_mind_relieve(agenda_mind_t *mind, int64_t t, double factor)
{
    if (t >= mind->door_shut_until_s) {
        mind->pressed.amount *= factor;
    }
}
