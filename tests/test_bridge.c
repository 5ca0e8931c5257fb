/* SPDX-License-Identifier: MIT
 * Messages of couples that a model runs: their rates against the integrals of the lets,
 * the laws of docs/maths/bridge.md, the same bits however it is cut, and back through
 * the reader. Limits of chance are four standard errors.
 */
#include <stdlib.h>

#include "bridge/emit.h"
#include "draw.h"
#include "run_couple.h"
#include "scarce.h"

#define DAY 86400.0

/* Rates that depend on time and person; `slow` makes them differ. */
static const char weather[] = "model weather \"x\"\n"
                              "time day\n"
                              "trait slow = 1\n"
                              "state x = 0\n"
                              "d x = 0\n"
                              "let texting = 20*(1 + 0.5*sin(time/9))/slow\n"
                              "let following = texting\n"
                              "let answering = 0*x\n";

static ebb_bridge_t messages_of(const ebb_model_t *model,
                                const ebb_run_settings_t *settings, uint64_t couple)
{
    ebb_bridge_t bridge;
    ebb_error_t error = {0};
    const ebb_bridge_opts_t opts = {.couple = couple};
    int code = ebb_bridge_run(&bridge, model, settings, &opts, &error);
    if (code) {
        (void)fprintf(stderr, "%s\n", error.text);
    }
    CHECK(code == EBB_OK);
    return bridge;
}

static bool same_messages(const ebb_bridge_t *one, const ebb_bridge_t *other)
{
    return one->count == other->count &&
           (one->count == 0 ||
            memcmp(one->events, other->events, one->count * sizeof *one->events) == 0);
}

/* The presence of a person from the record's first midnight, as the bridge draws it. */
static ebb_presence_t presence_of(uint64_t seed, uint32_t couple, int person)
{
    ebb_bridge_who_t who = {seed, couple, (uint32_t)person};
    return ebb_presence_begin(who, 20094); /* 2025-01-06 */
}

/* --- rates ------------------------------------------------------------------------ */

/* The integral of the let over the time with a phone at hand, in days. */
static double integral_at_hand(ebb_presence_t presence, double slow, double days)
{
    double sum = 0, from = 0;
    while (from < days) {
        double until = fmin(presence.until / DAY, days);
        sum += presence.at_hand
                   ? 20 / slow * (until - from - 4.5 * (cos(until / 9) - cos(from / 9)))
                   : 0;
        from = until;
        ebb_presence_next(&presence);
    }
    return sum;
}

static void test_rates(void)
{
    enum { COUPLES = 30 };
    ebb_model_t *model = model_of(weather);
    double traits[2] = {1, 4}, want[2] = {0}, got[2] = {0}, hours[2] = {0};
    ebb_run_settings_t s = {.length = 100, .seed = 11, .traits = traits};
    for (uint32_t c = 0; c < COUPLES; c++) {
        ebb_bridge_t bridge = messages_of(model, &s, c);
        for (size_t i = 0; i < bridge.count; i++) {
            got[bridge.events[i].person]++;
        }
        for (int k = 0; k < 2; k++) {
            want[k] += integral_at_hand(presence_of(11, c, k), traits[k], 100);
            hours[k] += bridge.hours_at_hand[k];
        }
        ebb_bridge_free(&bridge);
    }
    for (int k = 0; k < 2; k++) {
        CHECK_NEAR(got[k], want[k], 4 * sqrt(want[k]));
        CHECK(want[k] > 1000 && hours[k] > 4 * 100.0 * COUPLES);
    }
    ebb_model_free(model);
}

/* Following and not texting while one waits: after an answer that never comes. */
static void test_following(void)
{
    ebb_emitter_t e = ebb_emitter_begin(3, 7, false, 20094, ebb_alloc_default());
    const double rates[2][EBB_BRIDGE_RATES] = {{50 / DAY, 10 / DAY, 0}, {0, 0, 0}};
    CHECK(ebb_emitter_until(&e, 30 * DAY, rates) == EBB_OK);
    size_t before = e.events.count;
    double hand = e.person[0].at_hand;
    CHECK(e.person[0].open && !e.person[1].open && before > 0);
    CHECK(e.person[0].due < e.now);
    CHECK(ebb_emitter_until(&e, 730 * DAY, rates) == EBB_OK);
    double want = 10 * (e.person[0].at_hand - hand) / DAY;
    CHECK_NEAR((double)(e.events.count - before), want, 4 * sqrt(want));
    ebb_emitter_end(&e);
}

/* Hours at hand of a person between two times, in order of calls. */
static double hours_between(ebb_presence_t *presence, double from, double until)
{
    double sum = 0;
    while (presence->until <= from) {
        ebb_presence_next(presence);
    }
    for (double t = from; t < until;) {
        double end = fmin(presence->until, until);
        sum += presence->at_hand ? end - t : 0;
        t = end;
        if (presence->until <= until) {
            ebb_presence_next(presence);
        }
    }
    return sum / 3600;
}

/* Seconds from the record's first midnight to message i. */
static double second_of(const ebb_emitter_t *e, size_t i)
{
    const ebb_event_t *events = e->events.items;
    return (double)(events[i].local_s - INT64_C(20094) * 86400);
}

/* Sums over first exchanges. */
typedef struct exchange {
    double firsts, asked, patience;    /* A's first messages; seconds until she waits */
    double answers, waits, asked_back; /* B's, with waits in mean waits */
} exchange_t;

/* Leads a couple on, minute by minute, until there are `count` messages. */
static void lead_until(ebb_emitter_t *e, size_t count,
                       const double rates[2][EBB_BRIDGE_RATES])
{
    int code = EBB_OK;
    for (int m = 0; m < 6 * 1440 && e->events.count < count && !code; m++) {
        code = ebb_emitter_until(e, e->now + 60, rates);
    }
    CHECK(code == EBB_OK && e->events.count >= count);
}

/* A writes once, and B answers twice in an hour at hand, if A's message asks. */
static void exchange_once(exchange_t *sums, uint32_t couple)
{
    const double asking[2][EBB_BRIDGE_RATES] = {{20 / DAY, 0, 0}, {0, 0, 0}};
    const double answering[2][EBB_BRIDGE_RATES] = {{0, 0, 0}, {0, 0, 2 / 3600.0}};
    ebb_emitter_t e = ebb_emitter_begin(6, couple, false, 20094, ebb_alloc_default());
    lead_until(&e, 1, asking);
    bool once = e.events.count == 1; /* not twice in that minute */
    sums->firsts += once;
    if (once && e.person[0].open) {
        sums->asked++;
        sums->patience += e.person[0].due - second_of(&e, 0);
        lead_until(&e, 2, answering);
        ebb_presence_t b = presence_of(6, couple, 1);
        sums->answers++;
        sums->asked_back += e.person[1].open;
        sums->waits += 2 * hours_between(&b, second_of(&e, 0), second_of(&e, 1));
        CHECK(!e.person[0].open);
    }
    ebb_emitter_end(&e);
}

/* Nine of ten messages of one's own accord want an answer, and six of ten answers; what
 * comes in between is exponential: patience with a mean of an hour of the clock, the
 * answer with the mean that its rate says, in hours at hand. */
static void test_exchanges(void)
{
    enum { PERSONS = 3000 };
    exchange_t sums = {0};
    for (uint32_t c = 0; c < PERSONS; c++) {
        exchange_once(&sums, c);
    }
    double n = sums.answers;
    CHECK_NEAR(sums.asked / sums.firsts, 0.9, 4 * sqrt(0.09 / sums.firsts));
    CHECK_NEAR(sums.patience / sums.asked / 3600, 1, 4 / sqrt(sums.asked));
    CHECK_NEAR(sums.asked_back / n, 0.6, 4 * sqrt(0.24 / n));
    CHECK_NEAR(sums.waits / n, 1, 4 / sqrt(n));
}

/* --- people ----------------------------------------------------------------------- */

/* How many of many persons have a phone at hand at an hour of the record. */
static double share_at_hand(double hour)
{
    enum { PERSONS = 4000 };
    double count = 0;
    for (uint32_t c = 0; c < PERSONS; c++) {
        ebb_presence_t presence = presence_of(1, c, 0);
        while (presence.until <= hour * 3600) {
            ebb_presence_next(&presence);
        }
        count += presence.at_hand;
    }
    return count / PERSONS;
}

static void test_presence(void)
{
    double error = 4 * sqrt(0.25 / 4000);
    CHECK(share_at_hand(3.9) == 0);                     /* Monday's night */
    CHECK_NEAR(share_at_hand(12), 1 / 6.0, error);      /* at work */
    CHECK_NEAR(share_at_hand(20.5), 0.5, error);        /* at home */
    CHECK_NEAR(share_at_hand(24 * 5 + 12), 0.5, error); /* Saturday */
    CHECK(share_at_hand(24 * 5 + 3.9) == 0);            /* and the night before it */
    /* up: half of them at 7, on Saturday at 8; 0.9 hours is a standard deviation */
    CHECK(share_at_hand(24 + 4.5) < 0.01);
    CHECK(share_at_hand(24 * 5 + 7.5) < share_at_hand(24 * 4 + 7.5));
}

static void test_lengths(void)
{
    ebb_model_t *model = model_of(weather);
    ebb_run_settings_t s = {.length = 400, .seed = 2};
    ebb_bridge_t bridge = messages_of(model, &s, 0);
    double below = 0, wordy = 0, n = (double)bridge.count;
    for (size_t i = 0; i < bridge.count; i++) {
        const ebb_event_t *event = &bridge.events[i];
        below += event->characters <= 28;
        wordy += event->words == 1 + (uint32_t)(event->characters / 5.5);
        CHECK(event->characters > 0 && event->kind == EBB_KIND_TEXT &&
              event->offset_s == 0);
    }
    /* 28 and below: log 28.5 is within the rounding of the median */
    double z = log(28.5 / 28) / 0.9, share = 0.5 * erfc(-z / sqrt(2));
    CHECK_NEAR(below / n, share, 4 * sqrt(0.25 / n));
    CHECK(wordy == n && n > 1000);
    ebb_bridge_free(&bridge);
    ebb_model_free(model);
}

/* --- the same bits ---------------------------------------------------------------- */

/* Rates of hour `h` that differ from hour to hour. */
static void some_rates(size_t h, double rates[2][EBB_BRIDGE_RATES])
{
    for (size_t i = 0; i < 2; i++) {
        rates[i][EBB_BRIDGE_TEXTING] = (5 + (double)((h + i) % 7)) / DAY;
        rates[i][EBB_BRIDGE_FOLLOWING] = (double)(h % 11) * 10 / DAY;
        rates[i][EBB_BRIDGE_ANSWERING] = 100 / DAY;
    }
}

/* The record of 500 hours made by pieces: of one emitter as it is, of another with its
 * memory copied elsewhere between them. */
static void test_cut(void)
{
    enum { HOURS = 500, CUT = 123 };
    double rates[2][EBB_BRIDGE_RATES];
    ebb_emitter_t whole = ebb_emitter_begin(9, 1, false, 20094, ebb_alloc_default());
    ebb_emitter_t part = ebb_emitter_begin(9, 1, false, 20094, ebb_alloc_default());
    for (size_t h = 0; h < HOURS; h++) {
        some_rates(h, rates);
        double end = 3600.0 * (double)(h + 1);
        CHECK(ebb_emitter_until(&whole, end, (const double(*)[3])rates) == EBB_OK);
    }
    for (size_t h = 0; h < CUT; h++) {
        some_rates(h, rates);
        double end = 3600.0 * (double)(h + 1);
        CHECK(ebb_emitter_until(&part, end, (const double(*)[3])rates) == EBB_OK);
    }
    ebb_emitter_t rest = part;
    for (size_t h = CUT; h < HOURS; h++) {
        some_rates(h, rates);
        double end = 3600.0 * (double)(h + 1);
        CHECK(ebb_emitter_until(&rest, end, (const double(*)[3])rates) == EBB_OK);
    }
    CHECK(whole.events.count == rest.events.count && whole.events.count > 50);
    CHECK(memcmp(whole.events.items, rest.events.items,
                 whole.events.count * sizeof(ebb_event_t)) == 0);
    ebb_emitter_end(&whole);
    ebb_emitter_end(&rest);
}

/* A model of models/. */
static ebb_model_t *model_in(const char *folder, const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s.ebb", folder, name);
    ebb_input_t input;
    CHECK(ebb_input_open(&input, path, NULL) == EBB_OK);
    char *bytes = calloc(input.size + 1, 1);
    CHECK(bytes && input.read_at(&input, 0, bytes, input.size) == (int64_t)input.size);
    ebb_model_t *model = model_of(bytes);
    free(bytes);
    ebb_input_close(&input);
    return model;
}

static void set_trait(const ebb_model_t *model, double *traits, const char *name,
                      double value)
{
    ebb_scalar_kind_t kind = EBB_SCALAR_LET;
    size_t index = 0;
    CHECK(ebb_model_find(model, name, &kind, &index, NULL) == EBB_OK &&
          kind == EBB_SCALAR_TRAIT);
    traits[index] = value;
}

/* Traits of a couple of pursue_withdraw, person `first` being the anxious one. */
static void couple_traits(const ebb_model_t *model, double *traits, char first)
{
    size_t count = ebb_model_info(model).traits;
    for (size_t i = 0; i < count; i++) {
        traits[i] = (double)NAN;
    }
    char name[] = "a.anxiety";
    name[0] = first;
    set_trait(model, traits, name, 1.2);
    char other[] = "a.avoidance";
    other[0] = first == 'a' ? 'b' : 'a';
    set_trait(model, traits, other, 1.2);
}

/* Lanes, engines and what stands beside a couple change nothing of it. */
static void test_ranges(const ebb_model_t *model)
{
    double traits[16];
    couple_traits(model, traits, 'a');
    ebb_run_settings_t s = {.length = 60, .seed = 4, .traits = traits};
    ebb_run_settings_t other = s;
    other.lanes = 64;
    other.engine = EBB_ENGINE_INTERPRETER;
    ebb_bridge_t one = messages_of(model, &s, 5), same = messages_of(model, &other, 5);
    ebb_bridge_t next = messages_of(model, &s, 6);
    CHECK(one.count > 200 && same_messages(&one, &same));
    CHECK(!same_messages(&one, &next));
    other.seed = 5;
    ebb_bridge_t chance = messages_of(model, &other, 5);
    CHECK(!same_messages(&one, &chance));
    ebb_bridge_free(&one);
    ebb_bridge_free(&same);
    ebb_bridge_free(&next);
    ebb_bridge_free(&chance);
}

/* Traits and chance exchanged: the messages are, one by one. */
static void test_swapped(const ebb_model_t *model)
{
    double traits[2][16];
    couple_traits(model, traits[0], 'a');
    couple_traits(model, traits[1], 'b');
    ebb_run_settings_t s = {.length = 120, .seed = 8, .traits = traits[0]};
    ebb_bridge_t plain = messages_of(model, &s, 2);
    s.traits = traits[1];
    s.exchange = true;
    ebb_bridge_t swapped = messages_of(model, &s, 2);
    for (size_t i = 0; i < swapped.count; i++) {
        swapped.events[i].person = (uint8_t)(1 - swapped.events[i].person);
    }
    CHECK(plain.count > 500 && same_messages(&plain, &swapped));
    ebb_bridge_free(&plain);
    ebb_bridge_free(&swapped);
}

/* --- in and out ------------------------------------------------------------------- */

static int append(void *user, const char *bytes, size_t length)
{
    ebb_text_append(user, bytes, length);
    return ((ebb_text_t *)user)->failed;
}

/* What is written and read again is what was there. */
static void check_round_trip(const ebb_bridge_t *bridge, bool lines)
{
    ebb_text_t text = {0};
    ebb_sink_t sink = {.write = append, .user = &text};
    CHECK(ebb_bridge_write(bridge, lines, &sink) == EBB_OK);
    ebb_input_t input = ebb_input_memory(text.data, text.length, "messages");
    ebb_import_t *import = NULL;
    ebb_history_t *history = NULL;
    CHECK(ebb_import_open(&import, NULL, NULL) == EBB_OK);
    CHECK(ebb_import_add(import, &input, NULL) == EBB_OK);
    CHECK(ebb_import_finish(import, &history, NULL) == EBB_OK);
    size_t count = 0, wrong = 0;
    const ebb_event_t *events = history ? ebb_history_events(history, &count) : NULL;
    CHECK(count == bridge->count);
    for (size_t i = 0; i < count && i < bridge->count; i++) {
        const ebb_event_t *got = &events[i], *want = &bridge->events[i];
        wrong += got->local_s != want->local_s || got->offset_s != 0 ||
                 got->person != want->person || got->kind != want->kind ||
                 got->characters != want->characters || got->words != want->words ||
                 got->flags != 0;
    }
    CHECK(wrong == 0);
    ebb_history_free(history);
    ebb_import_free(import);
    ebb_text_free(&text);
}

static int refuse(void *user, const char *bytes, size_t length)
{
    (void)user;
    (void)bytes;
    (void)length;
    return EBB_ERR_IO;
}

static void test_writing(void)
{
    ebb_model_t *model = model_of(weather);
    ebb_run_settings_t s = {.length = 500, .seed = 21};
    ebb_bridge_t bridge = messages_of(model, &s, 0);
    CHECK(bridge.count > 3000); /* more than one piece */
    check_round_trip(&bridge, false);
    check_round_trip(&bridge, true);
    ebb_sink_t sink = {.write = refuse};
    CHECK(ebb_bridge_write(&bridge, false, &sink) == EBB_ERR_IO);
    ebb_bridge_free(&bridge);
    ebb_bridge_free(&bridge); /* nothing is left */
    ebb_model_free(model);
}

/* --- ends, refusals --------------------------------------------------------------- */

/* Who has parted writes nothing. */
static void test_parted(void)
{
    static const char parting[] = "model parting \"x\"\n"
                                  "time week\n"
                                  "shared together = 1\n"
                                  "d together = 0\n"
                                  "shared event leaving when time > 2 -> together = 0\n"
                                  "lasts while together > 0.5\n"
                                  "state x = 0\n"
                                  "d x = 0\n"
                                  "let texting = 100 + 0*x\n"
                                  "let following = texting\n"
                                  "let answering = texting\n";
    ebb_model_t *model = model_of(parting);
    ebb_run_settings_t s = {.length = 5, .seed = 1};
    ebb_bridge_t bridge = messages_of(model, &s, 0);
    int64_t end = INT64_C(20108) * 86400; /* two weeks later */
    CHECK(bridge.count > 50);
    CHECK(bridge.count && bridge.events[bridge.count - 1].local_s <= end);
    CHECK(bridge.count && bridge.events[bridge.count - 1].local_s > end - 86400);
    ebb_bridge_free(&bridge);
    ebb_model_free(model);
}

static void check_refused(const char *text, const ebb_bridge_opts_t *opts,
                          double length, int want, const char *words)
{
    ebb_model_t *model = model_of(text);
    ebb_bridge_t bridge;
    ebb_error_t error = {0};
    ebb_run_settings_t s = {.length = length};
    int code = ebb_bridge_run(&bridge, model, &s, opts, &error);
    CHECK(code == want);
    CHECK_STRING(error.text, words);
    CHECK(bridge.count == 0);
    ebb_bridge_free(&bridge);
    ebb_model_free(model);
}

static void test_refused(void)
{
    check_refused("model lone \"x\"\ntime day\nstate x = 0\nd x = 0\n", NULL, 1,
                  EBB_ERR_ARGUMENT,
                  "`lone` does not say how often its persons write: it lacks the lets "
                  "`texting`, `following`, `answering`");
    check_refused("model half \"x\"\ntime day\npersons ann, ben\nstate x = 1\nd x = 0\n"
                  "let texting = x\nlet following = x\nlet ann.answering = x\n",
                  NULL, 1, EBB_ERR_ARGUMENT,
                  "`half` does not say how often its persons write: it lacks the lets "
                  "`ben.answering`");
    check_refused(
        "model three \"x\"\ntime day\npersons p, q, r\nstate x = 0\nd x = 0\n", NULL, 1,
        EBB_ERR_ARGUMENT, "`three` is of 3 persons; only two write to each other");
    const char *lets = "state x = 1\nnext x = x\nlet texting = x\nlet following = x\n"
                       "let answering = x\n";
    char text[512];
    (void)snprintf(text, sizeof text, "model talk \"x\"\ntime turn\n%s", lets);
    check_refused(text, NULL, 1, EBB_ERR_ARGUMENT,
                  "the time of `talk` is in units of `turn`, which no clock shows; "
                  "messages need second, minute, hour, day or week");
    (void)snprintf(text, sizeof text, "model days \"x\"\ntime day\n%s", lets);
    check_refused(text, &(ebb_bridge_opts_t){.begin = "2023-02-29"}, 1,
                  EBB_ERR_ARGUMENT,
                  "'2023-02-29' is no day from 1970 to 2099, as in 2025-01-06");
    check_refused(text, &(ebb_bridge_opts_t){.begin = "2023-2-9"}, 1, EBB_ERR_ARGUMENT,
                  "'2023-2-9' is no day from 1970 to 2099, as in 2025-01-06");
    check_refused(text, &(ebb_bridge_opts_t){.begin = "2099-12-31"}, 2, EBB_ERR_LIMIT,
                  "2 day of messages go beyond the year 2100; a shorter run, or an "
                  "earlier day to begin, helps");
    check_refused(text, NULL, 0, EBB_ERR_ARGUMENT,
                  "how long the run is must be said, as the scenario does not");
    check_refused(
        "model below \"x\"\ntime day\nstate x = 0\nd x = -1\nlet texting = x\n"
        "let following = 1 + 0*x\nlet answering = 1 + 0*x\n",
        NULL, 1, EBB_ERR_NUMERIC,
        "`a.texting` is 0 at 0 and -0.0416667 at 0.0416667; how often "
        "somebody writes is a number from 0 on");
    check_refused("model flood \"x\"\ntime day\nstate x = 0\nd x = 0\n"
                  "let texting = 1e9 + 0*x\nlet following = texting\n"
                  "let answering = 0*x\n",
                  NULL, 1, EBB_ERR_LIMIT, "more than 10000000 messages");
}

/* Every request of memory fails once. */
static void test_memory(void)
{
    ebb_model_t *model = model_of(weather);
    scarce_t scarce = {0};
    const ebb_alloc_t alloc = {scarce_resize, &scarce};
    ebb_run_settings_t s = {.length = 9, .alloc = &alloc};
    int code = EBB_ERR_MEMORY;
    for (long n = 0; code == EBB_ERR_MEMORY && n < 1000; n++) {
        ebb_bridge_t bridge;
        scarce = (scarce_t){.left = n};
        code = ebb_bridge_run(&bridge, model, &s, NULL, NULL);
        ebb_bridge_free(&bridge);
        CHECK(scarce.held == 0);
    }
    CHECK(code == EBB_OK);
    ebb_model_free(model);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        return 2;
    }
    ebb_model_t *couple = model_in(argv[1], "pursue_withdraw");
    test_rates();
    test_following();
    test_exchanges();
    test_presence();
    test_lengths();
    test_cut();
    test_ranges(couple);
    test_swapped(couple);
    test_writing();
    test_parted();
    test_refused();
    test_memory();
    ebb_model_free(couple);
    return check_report(__FILE__);
}
