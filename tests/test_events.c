/* SPDX-License-Identifier: MIT
 * messages/events_write.c: both forms by example, against a slow writer, and what
 * happens when the sink, the memory or the years run out. */
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "check.h"
#include "messages/history.h"
#include "scarce.h"

/* ---- a history made by hand ---- */

typedef struct sample {
    ebb_history_t history;
    ebb_source_t sources[2];
    ebb_event_t events[8];
} sample_t;

#define T_2024_10_27_0230 INT64_C(1729996200) /* 2024-10-27 02:30:00 on the clock */

static void make_sample(sample_t *s)
{
    static char ann[] = "Ann", ben[] = "Olson, \"Ben\"";
    memset(s, 0, sizeof *s);
    s->sources[0].format = "whatsapp";
    s->sources[1].format = "telegram";
    s->history.alloc = ebb_alloc_default();
    s->history.events = s->events;
    s->history.names[0] = ann;
    s->history.names[1] = ben;
    s->history.account.sources = s->sources;
    s->history.account.source_count = 2;
    s->events[0] = (ebb_event_t){.local_s = T_2024_10_27_0230,
                                 .offset_s = EBB_OFFSET_UNKNOWN,
                                 .characters = 12,
                                 .words = 3,
                                 .kind = EBB_KIND_TEXT,
                                 .flags = EBB_FLAG_MINUTE};
    s->events[1] = (ebb_event_t){.local_s = T_2024_10_27_0230 + 1,
                                 .offset_s = 7200,
                                 .person = 1,
                                 .kind = EBB_KIND_VOICE,
                                 .source = 1};
    s->events[2] = (ebb_event_t){.local_s = T_2024_10_27_0230 + 86399,
                                 .offset_s = -12600,
                                 .person = EBB_PERSON_NONE,
                                 .kind = EBB_KIND_SYSTEM,
                                 .source = 1};
    s->events[3] = (ebb_event_t){.local_s = T_2024_10_27_0230 + 86400,
                                 .characters = UINT32_MAX,
                                 .words = 1000,
                                 .person = 1,
                                 .kind = EBB_KIND_MISSED_CALL,
                                 .flags = (1u << 10) - 1,
                                 .origin = 3};
    s->history.count = 4;
}

static int append_to_text(void *user, const char *bytes, size_t length)
{
    ebb_text_append(user, bytes, length);
    return length <= 1024 * 1024 ? 0 : EBB_ERR_IO;
}

static void check_written(const ebb_history_t *history, ebb_events_opts_t opts,
                          const char *want)
{
    ebb_text_t text;
    ebb_text_init(&text, NULL);
    ebb_sink_t sink = {append_to_text, &text};
    CHECK(ebb_events_write(history, &opts, &sink) == EBB_OK);
    CHECK_STRING(text.data, want);
    ebb_text_free(&text);
}

#define CSV_HEAD "instant,local,person,kind,characters,words,flags,source"
#define ALL_FLAGS_CSV                                                            \
    "edited|forwarded|reply|poll|location|view_once|ephemeral|reordered|minute|" \
    "ambiguous_time"

static void test_csv(void)
{
    sample_t s;
    make_sample(&s);
    check_written(&s.history, (ebb_events_opts_t){0},
                  CSV_HEAD
                  "\n"
                  ",2024-10-27T02:30:00,A,text,12,3,minute,whatsapp\n"
                  "2024-10-27T00:30:01Z,2024-10-27T02:30:01,B,voice,0,0,,telegram\n"
                  "2024-10-28T05:59:59Z,2024-10-28T02:29:59,,system,0,0,,telegram\n"
                  "2024-10-28T02:30:00Z,2024-10-28T02:30:00,B,missed_call,4294967295,"
                  "1000," ALL_FLAGS_CSV ",csv\n");
    s.history.count = 2;
    check_written(&s.history, (ebb_events_opts_t){.names = true},
                  "instant,local,person,letter,kind,characters,words,flags,source\n"
                  ",2024-10-27T02:30:00,Ann,A,text,12,3,minute,whatsapp\n"
                  "2024-10-27T00:30:01Z,2024-10-27T02:30:01,\"Olson, \"\"Ben\"\"\","
                  "B,voice,0,0,,telegram\n");
    s.history.count = 0;
    check_written(&s.history, (ebb_events_opts_t){0}, CSV_HEAD "\n");
}

static void test_json(void)
{
    sample_t s;
    make_sample(&s);
    s.history.count = 3;
    check_written(
        &s.history, (ebb_events_opts_t){.json = true, .names = true},
        "{\"schema\":\"ebb/events\",\"version\":1,\"events\":[\n"
        "{\"instant\":null,\"local\":\"2024-10-27T02:30:00\",\"person\":\"Ann\","
        "\"letter\":\"A\",\"kind\":\"text\",\"characters\":12,\"words\":3,\"flags\":["
        "\"minute\"],"
        "\"source\":\"whatsapp\"},\n"
        "{\"instant\":\"2024-10-27T00:30:01Z\",\"local\":\"2024-10-27T02:30:01\","
        "\"person\":\"Olson, "
        "\\\"Ben\\\"\",\"letter\":\"B\",\"kind\":\"voice\",\"characters\":0,"
        "\"words\":0,\"flags\":[],\"source\":\"telegram\"},\n"
        "{\"instant\":\"2024-10-28T05:59:59Z\",\"local\":\"2024-10-28T02:29:59\","
        "\"person\":null,\"letter\":null,\"kind\":\"system\",\"characters\":0,"
        "\"words\":0,\"flags\":[],"
        "\"source\":\"telegram\"}\n"
        "]}\n");
    s.history.count = 0;
    check_written(&s.history, (ebb_events_opts_t){.json = true},
                  "{\"schema\":\"ebb/events\",\"version\":1,\"events\":[\n\n]}\n");
}

/* bodies, also such as need quotes, hold broken UTF-8, or are longer than the buffer */
static void test_text(void)
{
    sample_t s;
    make_sample(&s);
    s.history.count = 2;
    ebb_events_opts_t csv = {.text = true}, json = {.text = true, .json = true};
    ebb_text_t none;
    ebb_text_init(&none, NULL);
    ebb_sink_t sink = {append_to_text, &none};
    CHECK(ebb_events_write(&s.history, &csv, &sink) == EBB_ERR_ARGUMENT);
    CHECK(none.length == 0);
    s.history.keeps_text = true;
    ebb_text_init(&s.history.texts, NULL);
    ebb_text_append(&s.history.texts, "a \"b\"\r\n\xC3\xA9\xFF</p>", 15);
    s.events[1].text = 1;
    check_written(&s.history, csv,
                  CSV_HEAD
                  ",text\n"
                  ",2024-10-27T02:30:00,A,text,12,3,minute,whatsapp,\n"
                  "2024-10-27T00:30:01Z,2024-10-27T02:30:01,B,voice,0,0,,telegram,"
                  "\"a \"\"b\"\"\r\n\xC3\xA9\xEF\xBF\xBD</p>\"\n");
    s.history.count = 1;
    s.events[0].text = 1;
    check_written(
        &s.history, json,
        "{\"schema\":\"ebb/events\",\"version\":1,\"events\":[\n"
        "{\"instant\":null,\"local\":\"2024-10-27T02:30:00\",\"person\":\"A\","
        "\"kind\":\"text\",\"characters\":12,\"words\":3,\"flags\":[\"minute\"],"
        "\"source\":\"whatsapp\",\"text\":\"a \\\"b\\\"\\u000d\\u000a\xC3\xA9"
        "\xEF\xBF\xBD\\u003c/p>\"}\n"
        "]}\n");
    ebb_text_free(&s.history.texts);
}

static void test_long_text(void)
{
    sample_t s;
    make_sample(&s);
    s.history.keeps_text = true;
    ebb_text_t *texts = &s.history.texts;
    ebb_text_init(texts, NULL);
    for (int i = 0; i < 300000; i++) {
        ebb_text_puts(texts, "12345678\xC3\xA4");
    }
    ebb_text_append(texts, "", 1);
    for (int i = 0; i < 4; i++) {
        s.events[i].text = 1;
    }
    for (int json = 0; json < 2; json++) {
        ebb_text_t out;
        ebb_text_init(&out, NULL);
        ebb_sink_t sink = {append_to_text, &out};
        ebb_events_opts_t opts = {.text = true, .json = json};
        CHECK(ebb_events_write(&s.history, &opts, &sink) == EBB_OK);
        CHECK(out.length > 12000000 && out.length < 12002000);
        const char *found = out.data;
        int times = 0;
        while (found && (found = strstr(found, texts->data)) != NULL) {
            found += texts->length - 1;
            times++;
        }
        CHECK(times == 4);
        ebb_text_free(&out);
    }
    ebb_text_free(texts);
}

/* ---- against a writer too simple to be wrong ---- */

static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

static void slow_time(ebb_text_t *out, int64_t seconds)
{
    time_t t = (time_t)seconds;
    char text[40];
    (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", gmtime(&t));
    ebb_text_puts(out, text);
}

static void slow_row(ebb_text_t *out, const ebb_event_t *event)
{
    static const char *const kinds[] = {
#define KIND_WORD(name, word) word,
        EBB_KIND_LIST(KIND_WORD)
#undef KIND_WORD
    };
    if (event->offset_s != EBB_OFFSET_UNKNOWN) {
        slow_time(out, event->local_s - event->offset_s);
        ebb_text_puts(out, "Z");
    }
    ebb_text_puts(out, ",");
    slow_time(out, event->local_s);
    ebb_text_printf(out, ",%s,%s,%" PRIu32 ",%" PRIu32 ",",
                    event->person == 0   ? "A"
                    : event->person == 1 ? "B"
                                         : "",
                    kinds[event->kind], event->characters, event->words);
    const char *bar = "";
#define FLAG_WORD(name, bit, word)            \
    if (event->flags & (bit)) {               \
        ebb_text_printf(out, "%s" word, bar); \
        bar = "|";                            \
    }
    EBB_FLAG_LIST(FLAG_WORD)
#undef FLAG_WORD
    ebb_text_printf(out, ",%s\n", event->source ? "telegram" : "whatsapp");
}

static void random_event(ebb_event_t *event, uint64_t *state)
{
    *event = (ebb_event_t){
        .local_s = (int64_t)next_random(state) * 2 - 500000000,
        .offset_s = (int32_t)(next_random(state) % 97) * 900 - 43200,
        .characters = next_random(state) >> next_random(state) % 31,
        .words = next_random(state) >> next_random(state) % 31,
        .flags = (uint16_t)(next_random(state) % 3 ? 0 : next_random(state) % 1024),
        .person = (uint8_t)(next_random(state) % 2),
        .kind = (uint8_t)(next_random(state) % EBB_KIND_COUNT),
        .source = (uint8_t)(next_random(state) % 2),
    };
    event->person = event->kind == EBB_KIND_SYSTEM ? EBB_PERSON_NONE : event->person;
    if (next_random(state) % 4 == 0) {
        event->offset_s = EBB_OFFSET_UNKNOWN;
    }
}

static void test_against_slow(void)
{
    enum { ROWS = 30000 };
    sample_t s;
    make_sample(&s);
    ebb_event_t *events = calloc(ROWS, sizeof *events);
    ebb_text_t slow, fast;
    ebb_text_init(&slow, NULL);
    ebb_text_init(&fast, NULL);
    ebb_text_puts(&slow, CSV_HEAD "\n");
    uint64_t state = 11;
    for (int i = 0; events && i < ROWS; i++) {
        random_event(&events[i], &state);
        slow_row(&slow, &events[i]);
    }
    s.history.events = events;
    s.history.count = ROWS;
    ebb_sink_t sink = {append_to_text, &fast};
    CHECK(ebb_events_write(&s.history, NULL, &sink) == EBB_OK);
    CHECK(fast.length == slow.length && memcmp(fast.data, slow.data, slow.length) == 0);
    ebb_text_free(&slow);
    ebb_text_free(&fast);
    free(events);
}

/* ---- written, read, written again ---- */

static const char *const sayings[] = {
    "",
    "plain",
    " outer blanks ",
    "a,b;c\td|e",
    "\"quoted\"",
    "\"",
    "two\nlines",
    "\r\n",
    "caf\xC3\xA9 \xF0\x9F\x98\x80",
    "=1+1",
    "</a>",
    "back\\slash\x7F",
    "\xE2\x80\xA8\x01",
};

/* A history of random events in time order, with bodies. */
typedef struct made_history {
    ebb_history_t history;
    ebb_source_t sources[2];
} made_history_t;

static void make_random(made_history_t *made, size_t count, uint64_t seed, bool zoned)
{
    static char ann[] = "Ann; \"the\" first, of two", ben[] = "B";
    memset(made, 0, sizeof *made);
    ebb_history_t *h = &made->history;
    made->sources[0].format = "whatsapp";
    made->sources[1].format = "telegram";
    *h = (ebb_history_t){.alloc = ebb_alloc_default(),
                         .events = calloc(count, sizeof *h->events),
                         .count = count,
                         .names = {ann, ben},
                         .account = {.sources = made->sources, .source_count = 2},
                         .keeps_text = true};
    ebb_text_init(&h->texts, NULL);
    int64_t now = 1500000000;
    for (size_t i = 0; h->events && i < count; i++) {
        ebb_event_t *e = &h->events[i];
        random_event(e, &seed);
        now += next_random(&seed) % 3 ? next_random(&seed) % 100000 : 0;
        e->local_s = now;
        bool known = zoned || next_random(&seed) % 2;
        e->offset_s = known ? (zoned ? 7200 : (int32_t)(next_random(&seed) % 50) * 900)
                            : EBB_OFFSET_UNKNOWN;
        e->text = (uint32_t)h->texts.length + 1;
        const char *say =
            sayings[next_random(&seed) % (sizeof sayings / sizeof *sayings)];
        ebb_text_append(&h->texts, say, strlen(say) + 1);
    }
}

static void write_history(const ebb_history_t *history, const ebb_events_opts_t *opts,
                          ebb_text_t *out)
{
    ebb_sink_t sink = {append_to_text, out};
    ebb_text_init(out, NULL);
    CHECK(ebb_events_write(history, opts, &sink) == EBB_OK);
}

/* Reads what was written; exits the test when that fails. */
static ebb_history_t *read_back(const ebb_text_t *text, bool keep_text)
{
    ebb_import_t *import = NULL;
    ebb_history_t *history = NULL;
    ebb_error_t error = {0};
    ebb_import_opts_t opts = {.keep_text = keep_text};
    ebb_input_t input = ebb_input_memory(text->data, text->length, "written");
    int code = ebb_import_open(&import, &opts, &error);
    code = code ? code : ebb_import_add(import, &input, &error);
    code = code ? code : ebb_import_finish(import, &history, &error);
    ebb_import_free(import);
    if (code) {
        fprintf(stderr, "%d: %s\n", (int)error.line, error.text);
        check_one(0, "what was written is read back", __FILE__, __LINE__);
        exit(1);
    }
    return history;
}

/* All eight forms give the same bytes again. */
static void check_round_trip(const ebb_history_t *history)
{
    for (int form = 0; form < 8; form++) {
        ebb_events_opts_t opts = {.json = form & 1,
                                  .names = form & 2,
                                  .text = (form & 4) && history->keeps_text};
        ebb_text_t first, second;
        write_history(history, &opts, &first);
        ebb_history_t *back = read_back(&first, opts.text);
        CHECK(ebb_history_account(back)->sources[0].not_understood == 0);
        write_history(back, &opts, &second);
        CHECK(first.length == second.length &&
              memcmp(first.data, second.data, first.length) == 0);
        ebb_text_free(&first);
        ebb_text_free(&second);
        ebb_history_free(back);
    }
}

static void test_round_trip(void)
{
    for (uint64_t seed = 1; seed <= 24; seed++) {
        made_history_t made;
        make_random(&made, seed < 24 ? 40 * seed : 20000, seed, seed % 2 == 0);
        check_round_trip(&made.history);
        ebb_text_free(&made.history.texts);
        free(made.history.events);
    }
}

/* ---- what fails ---- */

typedef struct stop_after {
    int calls, left;
} stop_after_t;

static int refuse_later(void *user, const char *bytes, size_t length)
{
    stop_after_t *stop = user;
    (void)bytes;
    (void)length;
    stop->calls++;
    return stop->left-- > 0 ? 0 : EBB_ERR_IO;
}

/* the sink's code comes back, and it is not called again */
static void test_sink_fails(void)
{
    sample_t s;
    make_sample(&s);
    ebb_event_t *events = calloc(50000, sizeof *events);
    s.history.events = events;
    s.history.count = events ? 50000 : 0;
    for (int left = 0; left < 3; left++) {
        stop_after_t stop = {.left = left};
        ebb_sink_t sink = {refuse_later, &stop};
        CHECK(ebb_events_write(&s.history, NULL, &sink) == EBB_ERR_IO);
        CHECK(stop.calls == left + 1);
    }
    free(events);
}

static void test_years(void)
{
    sample_t s;
    make_sample(&s);
    ebb_text_t out;
    ebb_text_init(&out, NULL);
    ebb_sink_t sink = {append_to_text, &out};
    s.events[2].local_s = INT64_C(400000000000);
    CHECK(ebb_events_write(&s.history, NULL, &sink) == EBB_ERR_ARGUMENT);
    s.events[2].local_s = INT64_C(-400000000000);
    CHECK(ebb_events_write(&s.history, NULL, &sink) == EBB_ERR_ARGUMENT);
    ebb_text_free(&out);
}

static void test_memory(void)
{
    int code = EBB_ERR_MEMORY;
    long n = 0;
    for (; n < 200 && code; n++) {
        sample_t s;
        make_sample(&s);
        s.history.keeps_text = true;
        ebb_text_init(&s.history.texts, NULL);
        ebb_text_append(&s.history.texts, "\xC3\xA4", 3);
        s.events[1].text = 1;
        scarce_t scarce = {.left = n};
        ebb_alloc_t alloc = {scarce_resize, &scarce};
        s.history.alloc = &alloc;
        ebb_text_t out;
        ebb_text_init(&out, NULL);
        ebb_sink_t sink = {append_to_text, &out};
        ebb_events_opts_t opts = {.text = true, .json = n % 2 == 0};
        code = ebb_events_write(&s.history, &opts, &sink);
        CHECK(code == EBB_OK || code == EBB_ERR_MEMORY);
        CHECK(scarce.held == 0);
        ebb_text_free(&out);
        ebb_text_free(&s.history.texts);
    }
    CHECK(code == EBB_OK && n > 4);
}

/* each format is told about in full, under the name readers use */
static void test_formats(void)
{
    static const char *const names[] = {
        "whatsapp", "telegram", "csv",  "jsonl",  "messenger", "instagram",
        "discord",  "matrix",   "line", "signal", "sms",       "imessage"};
    size_t count = 0;
    const ebb_format_info_t *formats = ebb_formats(&count);
    CHECK(count == sizeof names / sizeof *names);
    for (size_t i = 0; i < count && i < sizeof names / sizeof *names; i++) {
        CHECK_STRING(formats[i].name, names[i]);
        CHECK(strlen(formats[i].title) > 2 && strlen(formats[i].reads) > 40);
        CHECK(strlen(formats[i].get_it) > 80 && strlen(formats[i].leaves_out) > 20);
        CHECK(formats[i].get_it[strlen(formats[i].get_it) - 1] != '\n');
    }
}

int main(void)
{
    test_csv();
    test_json();
    test_text();
    test_long_text();
    test_against_slow();
    test_round_trip();
    test_sink_fails();
    test_years();
    test_memory();
    test_formats();
    return check_report(__FILE__);
}
