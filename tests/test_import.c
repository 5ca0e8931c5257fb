/* SPDX-License-Identifier: MIT
 * The import around the readers: choosing two persons, overlapping inputs, gaps, what a
 * failing input leaves behind (nothing), long inputs, and memory that runs out. */
#include <stdlib.h>

#include "check.h"
#include "ebb/messages.h"
#include "scarce.h"

/* Imports up to two texts; the code of the first failure. */
static int import_two(const char *a, const char *b, const ebb_import_opts_t *opts,
                      ebb_history_t **history, ebb_error_t *error)
{
    ebb_import_t *import = NULL;
    *history = NULL;
    int code = ebb_import_open(&import, opts, error);
    const char *texts[2] = {a, b};
    for (int i = 0; i < 2 && texts[i] && !code; i++) {
        ebb_input_t input = ebb_input_memory(texts[i], strlen(texts[i]), "chat");
        code = ebb_import_add(import, &input, error);
    }
    code = code ? code : ebb_import_finish(import, history, error);
    ebb_import_free(import);
    return code;
}

static size_t event_count(const ebb_history_t *history)
{
    size_t count;
    (void)ebb_history_events(history, &count);
    return count;
}

static const char two[] = "29.01.2018, 12:24 - Ann: a\n29.01.2018, 12:25 - Ben: b\n";
static const char three[] =
    "29.01.2018, 12:24 - Ann: a\n29.01.2018, 12:25 - Ben: b\n"
    "29.01.2018, 12:26 - Cleo: c\n29.01.2018, 12:27 - Cleo: d\n";

/* who is A and who is B for choices on a text; "" when it is an error */
static void expect_pair(const char *text, ebb_import_opts_t opts, const char *a,
                        const char *b)
{
    ebb_history_t *history;
    ebb_error_t error;
    int code = import_two(text, NULL, &opts, &history, &error);
    if (*a) {
        CHECK(code == 0);
        CHECK_STRING(history ? ebb_history_name(history, 0) : "", a);
        CHECK_STRING(history ? ebb_history_name(history, 1) : "", b);
        CHECK(!history || ebb_history_name(history, 2) == NULL);
    } else {
        CHECK(code == EBB_ERR_CHOICE);
        CHECK(strstr(error.text, "Cleo (2)") != NULL || text == two);
    }
    ebb_history_free(history);
}

static void test_choice(void)
{
    expect_pair(two, (ebb_import_opts_t){0}, "Ann", "Ben");
    expect_pair(two, (ebb_import_opts_t){.me = "Ben"}, "Ben", "Ann");
    expect_pair(two, (ebb_import_opts_t){.partner = "Ann"}, "Ben", "Ann");
    expect_pair(two, (ebb_import_opts_t){.between = {"Ben", "Ann"}}, "Ben", "Ann");
    expect_pair(two, (ebb_import_opts_t){.me = "Dora"}, "", "");
    expect_pair(three, (ebb_import_opts_t){0}, "", "");
    expect_pair(three, (ebb_import_opts_t){.me = "Ann"}, "", "");
    expect_pair(three, (ebb_import_opts_t){.me = "Ann", .partner = "Cleo"}, "Ann",
                "Cleo");
    expect_pair(three, (ebb_import_opts_t){.between = {"Cleo", "Ben"}}, "Cleo", "Ben");
    expect_pair("29.01.2018, 12:24 - You: a\n29.01.2018, 12:25 - Ben: b\n",
                (ebb_import_opts_t){.me = "Ann"}, "Ann", "Ben");
    ebb_alias_t cleo_is_ben = {"Cleo", "Ben"};
    expect_pair(three, (ebb_import_opts_t){.aliases = &cleo_is_ben, .alias_count = 1},
                "Ann", "Ben");
}

/* capitals are the keyboard's business, unless two persons differ by them alone */
static void test_choice_in_any_case(void)
{
    static const char odd[] = "29.01.2018, 12:24 - \xC3\x84nne: a\n"
                              "29.01.2018, 12:25 - ~ ben: b\n";
    static const char alike[] =
        "29.01.2018, 12:24 - KIM: a\n29.01.2018, 12:25 - Kim: b\n"
        "29.01.2018, 12:26 - Cleo: c\n29.01.2018, 12:27 - Cleo: d\n";
    expect_pair(two, (ebb_import_opts_t){.me = "ben"}, "Ben", "Ann");
    expect_pair(two, (ebb_import_opts_t){.between = {"BEN", "aNN"}}, "Ben", "Ann");
    expect_pair(odd, (ebb_import_opts_t){.partner = "\xC3\xA4nne"}, "~ ben",
                "\xC3\x84nne");
    expect_pair(odd, (ebb_import_opts_t){.me = "Ben"}, "~ ben", "\xC3\x84nne");
    expect_pair(alike, (ebb_import_opts_t){.between = {"Kim", "cleo"}}, "Kim", "Cleo");
    expect_pair(alike, (ebb_import_opts_t){.between = {"kim", "cleo"}}, "", "");
    expect_pair(two, (ebb_import_opts_t){.me = "Be"}, "", "");
    expect_pair(two, (ebb_import_opts_t){.me = "ben", .partner = "Ben"}, "", "");
}

static void expect_refused(ebb_import_opts_t opts)
{
    ebb_history_t *history;
    CHECK(import_two(two, NULL, &opts, &history, NULL) == EBB_ERR_ARGUMENT);
}

/* a group far beyond a couple is refused with its reason */
static void test_too_many_persons(void)
{
    static char text[300 * 40];
    size_t n = 0;
    for (int i = 0; i < 300; i++) {
        n += (size_t)sprintf(text + n, "29.01.2018, 12:24 - P%d: a\n", i);
    }
    ebb_history_t *history;
    ebb_error_t error;
    CHECK(import_two(text, NULL, NULL, &history, &error) == EBB_ERR_LIMIT);
    CHECK(strstr(error.text, "250 persons") != NULL && error.line == 251);
}

static void test_contradictions(void)
{
    expect_refused((ebb_import_opts_t){.between = {"Ann", NULL}});
    expect_refused((ebb_import_opts_t){.between = {"Ann", "Ann"}});
    expect_refused((ebb_import_opts_t){.me = "Ann", .partner = "Ann"});
    expect_refused((ebb_import_opts_t){.me = "Dora", .between = {"Ann", "Ben"}});
    expect_refused((ebb_import_opts_t){.tz = "Europe/Atlantis"});
}

static void test_dropped_are_counted(void)
{
    ebb_history_t *history;
    ebb_import_opts_t opts = {.between = {"Ann", "Ben"}};
    CHECK(import_two(three, NULL, &opts, &history, NULL) == 0);
    CHECK(event_count(history) == 2);
    CHECK(ebb_history_account(history)->dropped_persons == 2);
    CHECK(ebb_history_account(history)->sources[0].events == 4);
    ebb_history_free(history);
}

/* overlapping inputs count once; what is said twice in one input stays twice */
static void test_overlap(void)
{
    ebb_history_t *history;
    CHECK(import_two("29.01.2018, 12:24 - Ann: ok\n29.01.2018, 12:24 - Ann: ok\n"
                     "29.01.2018, 12:25 - Ben: b\n",
                     "29.01.2018, 12:24 - Ann: ok\n29.01.2018, 12:24 - Ann: ok\n"
                     "30.01.2018, 12:25 - Ben: new\n",
                     NULL, &history, NULL) == 0);
    CHECK(event_count(history) == 4);
    CHECK(ebb_history_account(history)->duplicates == 2);
    CHECK(ebb_history_account(history)->source_count == 2);
    ebb_history_free(history);
    /* the partner's phone shows seconds */
    CHECK(import_two("29.01.2018, 12:24 - Ann: ok\n29.01.2018, 12:25 - Ben: b\n",
                     "[29.01.2018, 12:24:31] Ann: ok\n[29.01.2018, 12:26:00] Ben: b\n",
                     NULL, &history, NULL) == 0);
    CHECK(event_count(history) == 3);
    CHECK(ebb_history_account(history)->duplicates == 1);
    ebb_history_free(history);
}

static void test_gaps(void)
{
    ebb_history_t *history;
    CHECK(import_two("20.01.2018, 12:00 - Ann: a\n27.01.2018, 11:59 - Ben: b\n"
                     "03.02.2018, 11:59 - Ann: c\n",
                     NULL, NULL, &history, NULL) == 0);
    const ebb_account_t *account = ebb_history_account(history);
    CHECK(account->gap_count == 1); /* seven days, and a minute less */
    CHECK(account->gaps[0].end_s - account->gaps[0].begin_s == 7 * 86400);
    ebb_history_free(history);
}

/* an input that fails leaves nothing; the next one goes on */
static void test_failure_leaves_nothing(void)
{
    ebb_import_t *import;
    ebb_history_t *history = NULL;
    ebb_error_t error;
    CHECK(ebb_import_open(&import, NULL, &error) == 0);
    const char *bad = "99.99.2018, 12:24 - Zoe: a\n31.02.2018, 12:24 - Zoe: a\n";
    ebb_input_t input = ebb_input_memory(bad, strlen(bad), "bad.txt");
    CHECK(ebb_import_add(import, &input, &error) == EBB_ERR_INPUT);
    CHECK_STRING(error.where, "bad.txt");
    input = ebb_input_memory("", 0, "empty.txt");
    CHECK(ebb_import_add(import, &input, &error) == EBB_ERR_INPUT);
    CHECK(ebb_import_finish(import, &history, &error) == EBB_ERR_INPUT);
    input = ebb_input_memory(two, strlen(two), "two.txt");
    CHECK(ebb_import_add(import, &input, &error) == 0);
    CHECK(ebb_import_finish(import, &history, &error) == 0);
    CHECK(history && ebb_history_account(history)->source_count == 1);
    CHECK(history && event_count(history) == 2);
    ebb_history_free(history);
    ebb_import_free(import);
    ebb_import_free(NULL);
    ebb_history_free(NULL);
}

static int64_t broken_read(const ebb_input_t *input, uint64_t offset, void *bytes,
                           size_t length)
{
    size_t n = strlen(two);
    (void)input;
    if (offset >= n) {
        return EBB_ERR_IO; /* the disk goes away */
    }
    n = n - offset < length ? n - offset : length;
    memcpy(bytes, two + offset, n);
    return (int64_t)n;
}

static int stop(void *user, uint64_t done, uint64_t total)
{
    (void)user;
    return done <= total; /* non-zero: stop */
}

static void test_broken_and_cancelled(void)
{
    ebb_import_t *import;
    ebb_error_t error;
    ebb_input_t input = {.read_at = broken_read, .size = 1000, .label = "broken"};
    CHECK(ebb_import_open(&import, NULL, &error) == 0);
    CHECK(ebb_import_add(import, &input, &error) == EBB_ERR_IO);
    ebb_import_free(import);
    ebb_history_t *history;
    ebb_import_opts_t opts = {.progress = stop};
    CHECK(import_two(two, NULL, &opts, &history, &error) == EBB_ERR_CANCELLED);
}

/* every request for memory fails once: an error each time, and nothing is lost */
static void test_no_memory(void)
{
    static const char text[] = "\xE2\x80\x8E[20.01.2018, 12:00:00] Ann: a\n"
                               "[20.03.2018, 12:00:00] Ben: b\nmore\n"
                               "[20.02.2018, 12:00:00] Ben: earlier\n"
                               "[31.02.2018, 12:00:00] Ben: no such day\n"
                               "[21.03.2018, 12:00:00] Cleo: c\n";
    for (int variant = 0; variant < 2; variant++) {
        int code = EBB_ERR_MEMORY;
        for (long n = 0; n < 1000 && code == EBB_ERR_MEMORY; n++) {
            scarce_t scarce = {.left = n, .held = 0};
            ebb_alloc_t alloc = {scarce_resize, &scarce};
            ebb_import_opts_t opts = {
                .alloc = &alloc,
                .keep_text = variant,
                .tz = variant ? "Europe/Berlin" : NULL,
                .between = {variant ? "Ann" : NULL, variant ? "Ben" : NULL}};
            ebb_history_t *history = NULL;
            ebb_error_t error = {0};
            code = import_two(text, text, &opts, &history, &error);
            CHECK(code == EBB_ERR_MEMORY || n > 5);
            CHECK(code == 0 || error.code == code);
            ebb_history_free(history);
            CHECK(scarce.held == 0);
        }
        CHECK(code == (variant ? 0 : EBB_ERR_CHOICE));
    }
}

/* texts are kept only when asked for, whole, also where they were joined again */
static int last_column(void *user, const char *bytes, size_t n)
{
    strncat(user, bytes, n);
    return 0;
}

static void test_texts(void)
{
    static const char text[] =
        "29.01.2018, 12:24 - Ann: plan\n31.02.2018, 09:00 - Ben: dentist\n"
        "29.01.2018, 12:25 - Ben: y\nz\n29.01.2018, 12:26 - Ann: <Media omitted>\n";
    ebb_history_t *history;
    ebb_import_opts_t opts = {.keep_text = true};
    CHECK(import_two(text, NULL, &opts, &history, NULL) == 0);
    char out[2000] = "";
    ebb_sink_t sink = {last_column, out};
    ebb_events_opts_t with_text = {.text = true};
    CHECK(ebb_events_write(history, &with_text, &sink) == 0);
    CHECK(strstr(out, ",\"plan\n31.02.2018, 09:00 - Ben: dentist\"\n") != NULL);
    CHECK(strstr(out, ",\"y\nz\"\n") != NULL);
    CHECK(strstr(out, "whatsapp,\n") != NULL);
    ebb_history_free(history);
    CHECK(import_two(text, NULL, NULL, &history, NULL) == 0);
    CHECK(ebb_events_write(history, &with_text, &sink) == EBB_ERR_ARGUMENT);
    ebb_history_free(history);
}

/* lines longer than any buffer, and heads at every place of its edges */
static void test_long_lines(void)
{
    size_t most = 3u << 20;
    char *text = malloc(most + 200);
    for (int extra = 0; extra < 3; extra++) {
        size_t n = (size_t)sprintf(text, "29.01.2018, 12:24 - Ann: ");
        size_t head = n;
        while (n < most - (size_t)extra) {
            memcpy(text + n, "lorem \xC3\xA4\n", 9); /* the line end is overwritten */
            n += 8;
        }
        size_t body = n - head;
        (void)sprintf(text + n, "\n29.01.2018, 12:25 - Ben: b\n");
        ebb_history_t *history;
        CHECK(import_two(text, NULL, NULL, &history, NULL) == 0);
        size_t count;
        const ebb_event_t *events = ebb_history_events(history, &count);
        CHECK(count == 2 && events[0].characters == body / 8 * 7);
        CHECK(count == 2 && events[0].words == body / 8 + 1);
        CHECK(count == 2 && events[1].characters == 1);
        ebb_history_free(history);
    }
    free(text);
}

/* many messages: none is lost where one buffer ends and the next begins */
static void test_buffer_edges(void)
{
    size_t room = 5u << 20, n = 0, messages = 0;
    char *text = malloc(room + 300);
    uint64_t characters = 0;
    for (unsigned i = 0; n < room; i++) {
        unsigned length = 1 + i * 7919u % 113;
        n += (size_t)sprintf(
            text + n, "%02u/%02u/%u, %02u:%02u - %s: %.*s\n", 1 + i / 1440 % 28,
            1 + i / 40320 % 12, 2018 + i / 483840, i / 60 % 24, i % 60,
            i % 3 ? "Ann" : "Ben", (int)length,
            "x yy zzz x yy zzz x yy zzz x yy zzz x yy zzz x yy zzz x yy "
            "zzz x yy zzz x yy zzz x yy zzz x yy zzz x yy zzz x yy zzz");
        characters += length;
        messages++;
    }
    ebb_history_t *history;
    CHECK(import_two(text, NULL, NULL, &history, NULL) == 0);
    size_t count, sorted = 1;
    const ebb_event_t *events = ebb_history_events(history, &count);
    uint64_t got = 0;
    for (size_t i = 0; i < count; i++) {
        got += events[i].characters;
        sorted += i > 0 && events[i].local_s == events[i - 1].local_s + 60;
    }
    CHECK(count == messages && got == characters);
    CHECK(sorted > count - 20); /* only at the ends of our 28-day months */
    ebb_history_free(history);
    free(text);
}

/* a chat in no order at all is sorted; what has the same time keeps its order */
static void test_shuffled(void)
{
    enum { LINES = 1500 };
    char *text = malloc(LINES * (LINES + 60));
    static int64_t time[LINES + 1];
    unsigned state = 5;
    size_t n = 0;
    for (int i = 0; i < LINES; i++) {
        state = state * 1664525u + 1013904223u;
        int day = 1 + (int)(state >> 16) % 28, hour = (int)(state >> 24) % 24;
        n += (size_t)sprintf(text + n, "%02d/01/2019, %02d:00 - %s: ", day, hour,
                             i % 2 ? "Ann" : "Ben");
        memset(text + n, 'x', (size_t)i + 1); /* its length is its number */
        text[n + (size_t)i + 1] = '\n';
        n += (size_t)i + 2;
        time[i + 1] = day * 24 + hour;
    }
    text[n] = '\0';
    ebb_history_t *history;
    CHECK(import_two(text, NULL, NULL, &history, NULL) == 0);
    size_t count;
    const ebb_event_t *events = ebb_history_events(history, &count);
    int wrong = 0;
    for (size_t i = 1; i < count; i++) {
        uint32_t a = events[i - 1].characters, b = events[i].characters;
        wrong += time[a] > time[b] || (time[a] == time[b] && a > b);
        wrong += events[i].local_s - events[0].local_s !=
                 (time[b] - time[events[0].characters]) * 3600;
    }
    CHECK(count == LINES && wrong == 0);
    ebb_history_free(history);
    free(text);
}

/* an export that ends at the app's limit is said to be cut */
static void test_cap(void)
{
    char *text = malloc(41000 * 40);
    for (int messages = 39500; messages <= 40500; messages += 500) {
        size_t n = 0;
        for (int i = 0; i < messages; i++) {
            n += (size_t)sprintf(text + n, "%02d/01/2018, %02d:%02d - %s: x\n",
                                 13 + i / 3000, i / 125 % 24, i % 60,
                                 i % 2 ? "Ann" : "Ben");
        }
        ebb_history_t *history;
        CHECK(import_two(text, NULL, NULL, &history, NULL) == 0);
        CHECK(ebb_history_account(history)->sources[0].cap_suspected ==
              (messages == 40000));
        ebb_history_free(history);
    }
    free(text);
}

int main(void)
{
    test_choice();
    test_choice_in_any_case();
    test_contradictions();
    test_too_many_persons();
    test_dropped_are_counted();
    test_overlap();
    test_gaps();
    test_failure_leaves_nothing();
    test_broken_and_cancelled();
    test_no_memory();
    test_texts();
    test_long_lines();
    test_buffer_edges();
    test_shuffled();
    test_cap();
    return check_report(__FILE__);
}
