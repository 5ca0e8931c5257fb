/* SPDX-License-Identifier: MIT
 * The report's document, text, table and page, made from a couple filled in by hand. */
#include <stdlib.h>

#include <yajl/yajl_tree.h>

#include "check.h"
#include "core/words.h"
#include "ebb/report.h"
#include "report/columns.h"
#include "report/page_asset.h"
#include "report/parts.h"
#include "report_couple.h"
#include "safety/help.h"
#include "scarce.h"

static couple_t couple;

static yajl_val document(const ebb_report_opts_t *opts)
{
    char problem[256];
    ebb_text_t text = {0};
    CHECK(ebb_report_json(&text, &couple.history, &couple.cycle, opts) == EBB_OK);
    yajl_val tree = yajl_tree_parse(text.data, problem, sizeof problem);
    CHECK(tree != NULL);
    CHECK(text.length > 0 && text.data[text.length - 1] == '\n');
    CHECK(strchr(text.data, '\n') == text.data + text.length - 1);
    ebb_text_free(&text);
    return tree;
}

/* The value at a path of keys and array indices, as "data.sources.0.lines"; or NULL. */
static yajl_val at(yajl_val value, const char *path)
{
    while (value && *path) {
        char key[64];
        size_t length = strcspn(path, ".");
        (void)snprintf(key, sizeof key, "%.*s", (int)length, path);
        path += length + (path[length] == '.');
        if (YAJL_IS_ARRAY(value)) {
            size_t i = (size_t)strtoul(key, NULL, 10);
            value = i < value->u.array.len ? value->u.array.values[i] : NULL;
        } else {
            const char *one[] = {key, NULL};
            value = yajl_tree_get(value, one, yajl_t_any);
        }
    }
    return value;
}

static double number(yajl_val tree, const char *path)
{
    yajl_val value = at(tree, path);
    return YAJL_IS_NUMBER(value) ? strtod(YAJL_GET_NUMBER(value), NULL) : (double)NAN;
}

static const char *string(yajl_val tree, const char *path)
{
    yajl_val value = at(tree, path);
    return YAJL_IS_STRING(value) ? YAJL_GET_STRING(value) : "(no string)";
}

static bool is_null(yajl_val tree, const char *path)
{
    yajl_val value = at(tree, path);
    return value && YAJL_IS_NULL(value);
}

static void test_document_head(void)
{
    couple_fill_loop(&couple);
    yajl_val tree = document(NULL);
    CHECK_STRING(string(tree, "schema"), "ebb/report");
    CHECK(number(tree, "version") == 1);
    CHECK_STRING(string(tree, "names.1"), "B");
    CHECK(YAJL_IS_FALSE(at(tree, "named")));
    CHECK(is_null(tree, "made_by"));
    CHECK(is_null(tree, "country"));
    yajl_tree_free(tree);
    tree = document(&(ebb_report_opts_t){
        .names = true, .me = "A", .country = "DE", .tz = "Europe/Berlin"});
    CHECK_STRING(string(tree, "names.0"), "Mirabelle");
    CHECK_STRING(string(tree, "made_by"), "A");
    CHECK_STRING(string(tree, "data.zone"), "Europe/Berlin");
    CHECK(at(tree, "help")->u.array.len == 1);
    CHECK_STRING(string(tree, "help.0.number"), "112");
    yajl_tree_free(tree);
    tree = document(&(ebb_report_opts_t){.made_by_both = true, .me = "A"});
    CHECK_STRING(string(tree, "made_by"), "both");
    yajl_tree_free(tree);
}

static void test_document_data(void)
{
    couple_fill_loop(&couple);
    yajl_val tree = document(NULL);
    CHECK_STRING(string(tree, "data.first"), "2025-01-06T07:12:01");
    CHECK(number(tree, "data.weeks") == COUPLE_WEEKS);
    CHECK(number(tree, "data.weeks_with_events") == COUPLE_WEEKS - 1);
    CHECK(number(tree, "data.per_day") == 27);
    CHECK(number(tree, "data.messages.1") == 2600);
    CHECK_STRING(string(tree, "data.sources.0.date_order"), "dmy");
    CHECK_STRING(string(tree, "data.sources.0.date_certainty"), "ambiguous");
    CHECK_STRING(string(tree, "data.sources.0.positions.0.reason"), "no date");
    CHECK(at(tree, "data.sources.0.positions")->u.array.len == 1);
    CHECK(number(tree, "data.gaps.0.days") == 9.5);
    CHECK(number(tree, "data.duplicates") == 4);
    CHECK(YAJL_IS_FALSE(at(tree, "data.zone_known")));
    yajl_tree_free(tree);
}

static void test_document_directions(void)
{
    couple_fill_loop(&couple);
    yajl_val tree = document(NULL);
    CHECK_STRING(string(tree, "verdict.0"), "loop");
    CHECK_STRING(string(tree, "directions.1.verdict"), "cannot_tell");
    CHECK(at(tree, "directions.0.reasons")->u.array.len == 0);
    CHECK_STRING(string(tree, "directions.1.reasons.0"), "few_followups");
    CHECK_STRING(string(tree, "directions.1.reasons.1"), "pursuit_wide");
    CHECK(number(tree, "directions.1.pursuer") == 1);
    CHECK_NEAR(number(tree, "directions.0.main.pursuit_ratio.value"), 1.6, 1e-12);
    CHECK_NEAR(number(tree, "directions.0.main.pursuit_ratio.low"), 1.3, 1e-12);
    /* a slower answer is a ratio below 1, and its ends change places */
    CHECK_NEAR(number(tree, "directions.0.main.reply_ratio.value"), exp(-0.35), 1e-12);
    CHECK_NEAR(number(tree, "directions.0.main.reply_ratio.low"), exp(-0.6), 1e-12);
    CHECK_NEAR(number(tree, "directions.0.main.reply_ratio.high"), exp(-0.1), 1e-12);
    CHECK(number(tree, "directions.0.main.bids") == 710);
    CHECK(number(tree, "directions.0.gap_2.bids") == 700);
    CHECK(number(tree, "directions.0.gap_10.bids") == 720);
    CHECK(number(tree, "directions.0.main.loop_share.high") == 0.5);
    CHECK(is_null(tree, "directions.1.main.loop_share"));
    CHECK(is_null(tree, "directions.0.main.followup_fit"));
    CHECK(YAJL_IS_TRUE(at(tree, "directions.0.main.reply_fit.passes")));
    CHECK(is_null(tree, "windows.0.directions.0.loop_share"));
    CHECK(number(tree, "windows.1.directions.0.loop_share.value") == 0.35);
    CHECK_STRING(string(tree, "windows.1.directions.0.verdict"), "loop");
    CHECK(is_null(tree, "switch_window"));
    yajl_tree_free(tree);
    couple_fill_cannot_tell(&couple);
    tree = document(NULL);
    CHECK(is_null(tree, "directions.1.main.pursuit_ratio"));
    CHECK(at(tree, "directions.0.reasons")->u.array.len == 10);
    yajl_tree_free(tree);
}

static void test_document_series(void)
{
    couple_fill_loop(&couple);
    couple.cycle.switch_window = 1;
    yajl_val tree = document(NULL);
    CHECK(number(tree, "switch_window") == 1);
    CHECK(at(tree, "weeks.begin")->u.array.len == COUPLE_WEEKS);
    CHECK_STRING(string(tree, "weeks.begin.1"), "2025-01-13T00:00:00");
    CHECK(number(tree, "weeks.messages.1.2") == 94);
    CHECK(number(tree, "weeks.turns.0.2") == 52);
    CHECK(number(tree, "weeks.followups.0.6") == 6);
    CHECK(is_null(tree, "weeks.reply_minutes.1.3"));
    CHECK(number(tree, "hours.1.1.23") == 0.1);
    CHECK(is_null(tree, "repairs.list.1.normal_after_h"));
    CHECK(YAJL_IS_TRUE(at(tree, "repairs.list.1.by_call")));
    CHECK(number(tree, "repairs.by.1") == 5);
    CHECK(number(tree, "silences.count") == 2);
    CHECK(number(tree, "starts.by.0") == 120);
    CHECK(number(tree, "replies.median_minutes.1") == 20);
    yajl_tree_free(tree);
}

/* 450 stretches, 400 shown: the longest, in the order of time, and the typical one. */
static void test_document_episodes(void)
{
    couple_fill_loop(&couple);
    yajl_val tree = document(NULL);
    yajl_val list = at(tree, "episodes.list");
    CHECK(number(tree, "episodes.count") == COUPLE_EPISODES);
    CHECK(list->u.array.len == 400);
    CHECK(number(tree, "episodes.typical") == 0);
    CHECK_STRING(string(tree, "episodes.list.0.end"), "2025-07-28T00:08:07");
    CHECK_STRING(string(tree, "episodes.list.1.begin"), "2025-07-28T00:00:51");
    CHECK(number(tree, "episodes.list.0.turn_hours.1") == 2.9);
    CHECK(at(tree, "episodes.list.0.turn_hours")->u.array.len == 3);
    CHECK(number(tree, "episodes.by.1") == 45);
    CHECK(number(tree, "episodes.endings.open") == 90);
    yajl_tree_free(tree);
    couple.cycle.episode_count = 0;
    tree = document(NULL);
    CHECK(is_null(tree, "episodes.typical"));
    CHECK(number(tree, "episodes.count") == 0);
    yajl_tree_free(tree);
}

/* Everything that can be written, for searching. */
static ebb_text_t all_outputs(const ebb_report_opts_t *opts)
{
    ebb_text_t all = {0};
    CHECK(ebb_report_json(&all, &couple.history, &couple.cycle, opts) == EBB_OK);
    CHECK(ebb_report_terminal(&all, &couple.history, &couple.cycle, opts) == EBB_OK);
    CHECK(ebb_report_csv(&all, &couple.cycle) == EBB_OK);
    return all;
}

static void test_names_stay_out(void)
{
    couple_fill_loop(&couple);
    ebb_text_t all = all_outputs(NULL);
    CHECK(!strstr(all.data, "Mirabelle"));
    CHECK(!strstr(all.data, "Thaddeus"));
    ebb_text_free(&all);
    all = all_outputs(&(ebb_report_opts_t){.names = true});
    CHECK(strstr(all.data, "Mirabelle writes again") != NULL);
    CHECK(strstr(all.data, "Thaddeus") != NULL);
    CHECK(!strstr(all.data, "chat with")); /* the label never */
    ebb_text_free(&all);
}

static void test_same_bytes(void)
{
    couple_fill_loop(&couple);
    ebb_text_t one = all_outputs(NULL), two = all_outputs(NULL);
    CHECK_STRING(one.data, two.data);
    ebb_text_free(&one);
    ebb_text_free(&two);
}

/* The lines of a text that are wider than `width`, and those that show a key or a hole
 * of the text table. */
static int bad_lines(const char *text, size_t width)
{
    int bad = 0;
    while (*text) {
        size_t length = strcspn(text, "\n");
        char line[2048];
        (void)snprintf(line, sizeof line, "%.*s", (int)length, text);
        if (ebb_columns(line, length) > width || strchr(line, '{') ||
            strstr(line, "terminal.") || strstr(line, "experiments.") ||
            strstr(line, "arm.pursuit") || strstr(line, "arm.withdrawal") ||
            strstr(line, "pace.") || strstr(line, "cannot.against")) {
            fprintf(stderr, "    %zu: %s\n", width, line);
            bad++;
        }
        text += length + (text[length] != '\0');
    }
    return bad;
}

static void check_widths(ebb_report_opts_t opts)
{
    for (int width = 40; width <= 120; width++) {
        ebb_text_t text = {0};
        opts.width = width;
        CHECK(ebb_report_terminal(&text, &couple.history, &couple.cycle, &opts) ==
              EBB_OK);
        CHECK(bad_lines(text.data, (size_t)width) == 0);
        CHECK(!strchr(text.data, '\033'));
        ebb_text_free(&text);
    }
}

static void name_them(const char *a, const char *b)
{
    (void)snprintf(couple.names[0], sizeof couple.names[0], "%s", a);
    (void)snprintf(couple.names[1], sizeof couple.names[1], "%s", b);
}

static void test_terminal_widths(void)
{
    couple_fill_loop(&couple);
    check_widths((ebb_report_opts_t){.country = "GB"});
    name_them("\xE5\xB1\xB1\xE7\x94\xB0\xE8\x8A\xB1\xE5\xAD\x90",
              "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xA7\xE2\x9D\xA4\xEF\xB8\x8F"
              " Bartholomew the Patient of Nowhere");
    check_widths((ebb_report_opts_t){.names = true, .me = "A"});
    couple_fill_cannot_tell(&couple);
    check_widths((ebb_report_opts_t){.made_by_both = true});
    couple_fill_one_arm(&couple, EBB_PURSUIT_ONLY);
    check_widths((ebb_report_opts_t){0});
    couple_fill_one_arm(&couple, EBB_WITHDRAWAL_ONLY);
    couple.cycle.week_count = 1; /* and hardly anything else */
    couple.cycle.episode_count = couple.cycle.repair_count = 0;
    couple.cycle.window_count = 0;
    check_widths((ebb_report_opts_t){0});
}

static ebb_text_t terminal(const ebb_report_opts_t *opts)
{
    ebb_text_t text = {0};
    CHECK(ebb_report_terminal(&text, &couple.history, &couple.cycle, opts) == EBB_OK);
    return text;
}

/* Whether the words stand in the text; line breaks and walls of boxes count as spaces.
 */
static bool says(const ebb_text_t *text, const char *words)
{
    static const char wall[] = "\xE2\x94\x82", dotted[] = "\xE2\x95\x8E";
    char *flat = malloc(text->length + 1);
    size_t n = 0;
    for (size_t i = 0; i < text->length; i++) {
        bool is_wall = strncmp(text->data + i, wall, 3) == 0 ||
                       strncmp(text->data + i, dotted, 3) == 0;
        bool space = is_wall || text->data[i] == ' ' || text->data[i] == '\n';
        if (!space || (n > 0 && flat[n - 1] != ' ')) {
            flat[n] = text->data[i];
            if (space) {
                flat[n] = ' ';
            }
            n++;
        }
        i += is_wall ? 2 : 0;
    }
    flat[n] = '\0';
    bool found = strstr(flat, words) != NULL;
    free(flat);
    return found;
}

static void test_terminal_loop(void)
{
    couple_fill_loop(&couple);
    ebb_text_t text = terminal(&(ebb_report_opts_t){.width = 60, .country = "DE"});
    CHECK(says(&text, "A writes again: up to 1.6 times as fast as right after writing "
                      "[1.3\xE2\x80\x93"
                      "2.1]."));
    CHECK(says(&text, "answer does not come sooner but later: about two thirds as fast "
                      "[0.55\xE2\x80\x93"
                      "0.90]."));
    CHECK(says(&text, "no diagnosis, no forecast, nothing for a court"));
    CHECK(says(&text, "call 112."));
    CHECK(says(&text, "About 35 of 100 follow-ups by A [20\xE2\x80\x93"
                      "50]"));
    CHECK(says(&text, "First moves out of them: A 9, B 5; A 64\xC2\xA0% [40\xE2\x80\x93"
                      "80\xC2\xA0%]. An even share fits as well."));
    CHECK(says(&text, "Who wrote first after a pause of 6 h or more: A 120, B 80; "
                      "A 60\xC2\xA0% [53\xE2\x80\x93"
                      "67\xC2\xA0%]."));
    CHECK(says(&text, "Who started it, and who is right."));
    CHECK(says(&text, "Calm weeks: 14 of 30.")); /* weeks 0..14, one of them empty */
    /* what carries is told before what hurts */
    CHECK(strstr(text.data, "WHAT CARRIES") < strstr(text.data, "THE CYCLE"));
    ebb_text_free(&text);
    text = terminal(&(ebb_report_opts_t){.colour = true});
    CHECK(strstr(text.data, "\033[") != NULL);
    CHECK(strstr(text.data, "\xE2\x94\x80\xE2\x94\x80\xE2\x96\xBA") != NULL);
    ebb_text_free(&text);
}

static void test_terminal_cannot_tell(void)
{
    couple_fill_cannot_tell(&couple);
    ebb_text_t text = terminal(NULL);
    CHECK(says(&text, "cannot be told from these messages"));
    CHECK(says(&text, "would show after about 13 more weeks"));
    CHECK(!says(&text, "\xE2\x94\x8C")); /* no boxes */
    CHECK(says(&text, "wrote again before an answer: 210."));
    ebb_text_free(&text);
    for (int k = 0; k < 2; k++) {
        couple.cycle.arms[k][1].weeks_needed = 20;
    }
    text = terminal(NULL);
    CHECK(says(&text, "weeks enough"));
    ebb_text_free(&text);
    for (int k = 0; k < 2; k++) {
        couple.cycle.arms[k][1].weeks_needed = MISSING;
    }
    text = terminal(NULL);
    CHECK(says(&text, "cannot be said"));
    ebb_text_free(&text);
    for (int k = 0; k < 2; k++) { /* two weeks tell nothing of weeks to come */
        couple.cycle.arms[k][1].weeks_needed = 20;
        couple.cycle.arms[k][1].weeks = 2;
    }
    text = terminal(NULL);
    CHECK(says(&text, "cannot be said"));
    ebb_text_free(&text);
}

static void test_terminal_one_arm(void)
{
    couple_fill_one_arm(&couple, EBB_WITHDRAWAL_ONLY);
    ebb_text_t text = terminal(NULL);
    CHECK(says(&text, "One half of a loop shows: once B has written again, A's answer "
                      "comes later."));
    CHECK(says(&text, "B does not clearly write again sooner"));
    CHECK(strstr(text.data, "\xE2\x95\x8E") != NULL); /* a dotted wall */
    CHECK(!says(&text, "come by way of the loop"));
    ebb_text_free(&text);
}

/* Four messages in two hours are four a day, and their calm is nobody's strength. */
static void test_terminal_short(void)
{
    couple_fill_cannot_tell(&couple);
    couple.cycle.days = 2.0 / 24;
    couple.cycle.messages[0] = couple.cycle.messages[1] = 2;
    ebb_text_t text = terminal(NULL);
    CHECK(says(&text, "Messages: 4, 4.0 a day"));
    CHECK(!says(&text, "Calm weeks"));
    ebb_text_free(&text);
    CHECK(ebb_report_json(&text, &couple.history, &couple.cycle, NULL) == EBB_OK);
    CHECK(strstr(text.data, "\"per_day\":4,") != NULL);
    ebb_text_free(&text);
}

/* A night between is told as one: A writes from 18 to 24 h only. */
static void test_terminal_night(void)
{
    couple_fill_loop(&couple);
    for (int hour = 18; hour < 24; hour++) {
        couple.cycle.hours[0][0][hour] = couple.cycle.hours[0][1][hour] = 0.5F;
    }
    couple.cycle.hours[0][0][7] = 0.1F; /* rare: less than a quarter of typical */
    ebb_episode_t *typical = &couple.episodes[couple.cycle.typical_episode];
    typical->pursuer = 1;
    typical->begin_s = COUPLE_BEGIN + 21 * 3600 + 1800; /* Monday 21:30 to 19:30 */
    typical->end_s = typical->begin_s + 22 * 3600;
    ebb_text_t text = terminal(NULL);
    CHECK(says(&text, "B wrote again 3 times within 22 h."));
    CHECK(says(&text, "Of that, 4 h lay in A\xE2\x80\x99s usual hours."));
    ebb_text_free(&text);
    typical->end_s = typical->begin_s + 3600; /* all of it in usual hours: not told */
    text = terminal(NULL);
    CHECK(!says(&text, "usual hours"));
    ebb_text_free(&text);
}

/* Gives an arm of both directions a ratio, at the main merge gap. */
static void set_ratio(bool withdrawal, double low, double value, double high)
{
    for (int k = 0; k < 2; k++) {
        ebb_arms_t *arms = &couple.cycle.arms[k][1];
        if (withdrawal) {
            arms->withdrawal = (ebb_estimate_t){-log(value), -log(high), -log(low)};
        } else {
            arms->pursuit = (ebb_estimate_t){log(value), log(low), log(high)};
        }
    }
}

/* Each state of an arm has its sentence, and none that is open is told as a fact. */
static void test_terminal_arm_states(void)
{
    couple_fill_one_arm(&couple, EBB_WITHDRAWAL_ONLY);
    set_ratio(true, 0.44, 0.52, 0.62);
    set_ratio(false, 0.58, 4.2, 31);
    ebb_text_t text = terminal(&(ebb_report_opts_t){.width = 60});
    CHECK(says(&text, "B writes again somewhere between 0.58 and 31 times as fast as "
                      "right after writing. That leaves it open."));
    CHECK(!says(&text, "4.2 times"));
    CHECK(says(&text, "not come sooner but later: about half as fast [0.44\xE2\x80\x93"
                      "0.62]."));
    ebb_text_free(&text);
    set_ratio(false, 1.2, 7.2, 44);
    text = terminal(&(ebb_report_opts_t){.width = 60});
    CHECK(says(&text, "B seems to write again: up to 7.2 times as fast"));
    CHECK(says(&text, "It does not pass every check, so it is not claimed."));
    ebb_text_free(&text);
    set_ratio(false, 0.002, 0.07, 0.4);
    text = terminal(&(ebb_report_opts_t){.width = 60});
    CHECK(says(&text, "the longer B waits: in the end B writes again 1/14 times as "
                      "fast as right after writing [<1/100\xE2\x80\x93"
                      "0.40]."));
    CHECK(says(&text, "A loop this way does not show: the longer A is quiet"));
    ebb_text_free(&text);
}

static void test_terminal_away(void)
{
    couple_fill_cannot_tell(&couple);
    set_ratio(true, 1.1, 1.4, 1.9);
    couple.cycle.start_share = (ebb_estimate_t){0.3, 0.2, 0.4};
    couple.cycle.first_move_share = (ebb_estimate_t){MISSING, MISSING, MISSING};
    ebb_text_t text = terminal(NULL);
    CHECK(says(&text, "A 9, B 5: too few for a share."));
    CHECK(says(&text, "A 120, B 80; B 70\xC2\xA0% [60\xE2\x80\x93"
                      "80\xC2\xA0%]."));
    CHECK(says(&text, "No loop shows in these messages."));
    CHECK(says(&text, "A loop this way does not show: when A has written again, "
                      "B\xE2\x80\x99s answer comes sooner."));
    CHECK(says(&text, "B answers sooner: 1.4 times as fast [1.1\xE2\x80\x93"
                      "1.9]. A reminder may be what helps."));
    CHECK(!says(&text, "Whether there is a loop"));
    CHECK(!says(&text, "more weeks"));
    CHECK(!says(&text, "known too loosely: later and sooner"));
    CHECK(says(&text, "known too loosely: much more"));
    ebb_text_free(&text);
    couple_fill_loop(&couple); /* of the other direction, beside a loop */
    couple.cycle.arms[1][1].withdrawal = (ebb_estimate_t){-0.7, -0.9, -0.5};
    text = terminal(NULL);
    CHECK(says(&text, "A loop this way does not show: when B has written again"));
    ebb_text_free(&text);
}

static void check_name(const char *name, const char *want)
{
    char out[64];
    ebb_name_tidy(out, sizeof out, name, 10, "A");
    CHECK_STRING(out, want);
    CHECK(ebb_columns(out, strlen(out)) <= 10);
}

static void test_columns(void)
{
    CHECK(ebb_columns("abc", 3) == 3);
    CHECK(ebb_columns("\xE5\xB1\xB1", 3) == 2);             /* CJK */
    CHECK(ebb_columns("e\xCC\x81", 3) == 1);                /* e and an accent */
    CHECK(ebb_columns("\xF0\x9F\x99\x82", 4) == 2);         /* emoji */
    CHECK(ebb_columns("\xE2\x9D\xA4\xEF\xB8\x8F", 6) == 2); /* heart, emoji form */
    CHECK(ebb_columns("\xFF", 1) == 1);                     /* no UTF-8 */
    CHECK(ebb_columns_fit("ae\xCC\x81", 4, 1) == 1);
    CHECK(ebb_columns_fit("e\xCC\x81z", 4, 1) == 3);
    CHECK(ebb_columns_fit("\xE5\xB1\xB1\xE5\xB1\xB1", 6, 3) == 3);
    check_name("Ann", "Ann");
    check_name("  Ann \n\t Lee ", "Ann Lee");
    check_name("\033[31mAnn", "[31mAnn");
    check_name("A\xE2\x80\xAE"
               "nn",
               "A nn");
    check_name("Bartholomew the Patient", "Bartholom\xE2\x80\xA6");
    check_name("\xE2\x80\x8B", "A");
    check_name("", "A");
    check_name("a\xFF", "a\xEF\xBF\xBD");
}

/* How much there is, and nothing of who does what: also where a loop is claimed. */
static void test_counts(void)
{
    couple_fill_loop(&couple);
    ebb_text_t text = {0};
    CHECK(ebb_report_counts(&text, &couple.history, &couple.cycle, NULL) == EBB_OK);
    char wanted[64];
    (void)snprintf(
        wanted, sizeof wanted, "Messages: %llu, ",
        (unsigned long long)(couple.cycle.messages[0] + couple.cycle.messages[1]));
    CHECK(strncmp(text.data, wanted, strlen(wanted)) == 0);
    CHECK(strchr(text.data, '\n') == NULL && strstr(text.data, "again") == NULL);
    ebb_text_free(&text);
}

static void test_csv(void)
{
    couple_fill_loop(&couple);
    ebb_text_t text = {0};
    CHECK(ebb_report_csv(&text, &couple.cycle) == EBB_OK);
    CHECK(strstr(text.data, "\n2025-01-27,103,96,53,48,3,0,12.5,,12\n") != NULL);
    int lines = 0;
    for (size_t i = 0; i < text.length; i++) {
        lines += text.data[i] == '\n';
    }
    CHECK(lines == COUPLE_WEEKS + 1);
    ebb_text_free(&text);
}

static void test_page(void)
{
    couple_fill_loop(&couple);
    name_them("</script><b>", "B");
    ebb_text_t json = {0}, page = {0};
    CHECK(ebb_report_json(&json, &couple.history, &couple.cycle,
                          &(ebb_report_opts_t){.names = true}) == EBB_OK);
    CHECK(ebb_report_page(&page, json.data, json.length) == EBB_OK);
    CHECK(strstr(page.data, "{\"schema\":\"ebb/report\"") != NULL);
    CHECK(!strstr(page.data, EBB_PAGE_TOKEN));
    CHECK(!strstr(page.data, "</script><b>"));
    CHECK(page.length == ebb_page_template_size - strlen(EBB_PAGE_TOKEN) + json.length);
    ebb_text_free(&json);
    ebb_text_free(&page);
}

static void test_experiments(void)
{
    static const char *const parts[] = {"title", "idea", "reach", "retreat", "see"};
    couple_fill_loop(&couple);
    CHECK_STRING(ebb_experiment_choose(&couple.cycle), "one_message");
    for (int i = 0; i < COUPLE_EPISODES; i++) {
        couple.episodes[i].followups = i % 4 ? 2 : 9;
    }
    CHECK_STRING(ebb_experiment_choose(&couple.cycle), "return_time");
    couple_fill_one_arm(&couple, EBB_PURSUIT_ONLY);
    CHECK_STRING(ebb_experiment_choose(&couple.cycle), "one_message");
    couple_fill_one_arm(&couple, EBB_WITHDRAWAL_ONLY);
    CHECK_STRING(ebb_experiment_choose(&couple.cycle), "small_sign");
    couple_fill_cannot_tell(&couple);
    CHECK_STRING(ebb_experiment_choose(&couple.cycle), "notice");
    couple.cycle.repair_count = 4;
    couple.cycle.normal_after_h.value = 30;
    CHECK_STRING(ebb_experiment_choose(&couple.cycle), "first_move");
    static const char *const codes[] = {"one_message", "return_time", "small_sign",
                                        "first_move", "notice"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        for (size_t j = 0; j < sizeof parts / sizeof *parts; j++) {
            char key[64];
            (void)snprintf(key, sizeof key, "experiments.%s.%s", codes[i], parts[j]);
            CHECK(strcmp(ebb_word("en", key), key) != 0);
        }
    }
}

static void test_words(void)
{
    CHECK_STRING(ebb_word("en", "terminal.heading.cycle"), "THE CYCLE");
    CHECK_STRING(ebb_word(NULL, "terminal.heading.cycle"), "THE CYCLE");
    CHECK_STRING(ebb_word("xx", "terminal.heading.cycle"), "THE CYCLE");
    CHECK_STRING(ebb_word("en", "no.such.key"), "no.such.key");
    for (size_t i = 0; i < ebb_word_row_count; i++) { /* every key can be found */
        CHECK_STRING(ebb_word("en", ebb_word_rows[i].key), ebb_word_rows[i].text);
    }
}

static void test_help(void)
{
    size_t count;
    const ebb_help_line_t *lines = ebb_help_lines(&count);
    CHECK(count > 0);
    for (size_t i = 0; i < count; i++) {
        CHECK(lines[i].number && strlen(lines[i].country) == 2);
        /* only emergency numbers may stand there unchecked */
        CHECK(strcmp(lines[i].kind, "emergency") == 0 ||
              (lines[i].source && lines[i].checked));
    }
    CHECK_STRING(ebb_help_emergency("AU"), "000");
    CHECK(ebb_help_emergency("XX") == NULL);
}

/* Fails each allocation once: an error and no leak, until there is enough. Returns how
 * many requests it took. */
static int fail_each(int (*make)(ebb_text_t *text))
{
    for (int allowed = 0; allowed < 10000; allowed++) {
        scarce_t scarce = {.left = allowed};
        const ebb_alloc_t alloc = {scarce_resize, &scarce};
        ebb_text_t text;
        ebb_text_init(&text, &alloc);
        int code = make(&text);
        ebb_text_free(&text);
        CHECK(scarce.held == 0);
        if (code == EBB_OK) {
            return allowed;
        }
        CHECK(code == EBB_ERR_MEMORY);
    }
    return -1;
}

static int make_json(ebb_text_t *text)
{
    return ebb_report_json(text, &couple.history, &couple.cycle, NULL);
}

static int make_terminal(ebb_text_t *text)
{
    return ebb_report_terminal(text, &couple.history, &couple.cycle, NULL);
}

static int make_csv(ebb_text_t *text)
{
    return ebb_report_csv(text, &couple.cycle);
}

static int make_counts(ebb_text_t *text)
{
    return ebb_report_counts(text, &couple.history, &couple.cycle, NULL);
}

static int make_page(ebb_text_t *text)
{
    return ebb_report_page(text, "{}", 2);
}

static void test_memory(void)
{
    couple_fill_loop(&couple);
    CHECK(fail_each(make_json) > 1);
    CHECK(fail_each(make_terminal) > 10);
    CHECK(fail_each(make_csv) > 1);
    CHECK(fail_each(make_counts) >= 1);
    CHECK(fail_each(make_page) >= 1);
}

int main(void)
{
    test_document_head();
    test_document_data();
    test_document_directions();
    test_document_series();
    test_document_episodes();
    test_names_stay_out();
    test_same_bytes();
    test_terminal_widths();
    test_terminal_loop();
    test_terminal_cannot_tell();
    test_terminal_one_arm();
    test_terminal_short();
    test_terminal_night();
    test_terminal_arm_states();
    test_terminal_away();
    test_columns();
    test_csv();
    test_counts();
    test_page();
    test_experiments();
    test_words();
    test_help();
    test_memory();
    return check_report(__FILE__);
}
