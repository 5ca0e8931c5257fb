/* SPDX-License-Identifier: MIT
 * messages/csv.c, jsonl.c, record.c, stamp.c: small files, one for each thing, with
 * what is expected of them; rows longer than the buffer; memory running out. */
#include "chat.h"
#include "core/calendar.h"
#include "messages/record.h"

static const char *const tables[] = {
    "csv_minimal",
    "csv_zone",
    "csv_any_order",
    "csv_tabs",
    "csv_spreadsheet",
    "csv_quotes",
    "csv_text_like_line",
    "csv_unix",
    "csv_offsets",
    "csv_not_understood",
    "csv_written",
    "csv_far_clocks",
    "csv_no_person",
    "csv_no_time",
    "csv_twice",
    "csv_open_quote",
    "csv_nothing",
    "csv_header_only",
    "csv_foreign",
    "csv_couples",
    "csv_one_couple",
    "csv_dates_by_hand",
    "csv_dates_all_by_hand",
};

static const char *const objects[] = {
    "jsonl_lines",   "jsonl_list",           "jsonl_document", "jsonl_inner_events",
    "jsonl_newer",   "jsonl_other_document", "jsonl_broken",   "jsonl_not_understood",
    "jsonl_nothing", "jsonl_dates_by_hand",
};

/* ---- points in time ---- */

static void check_stamp(const char *text, const char *want, int32_t offset_s, bool utc)
{
    ebb_stamp_t stamp;
    const char *wrong = ebb_stamp_parse(&stamp, text, strlen(text));
    char got[64] = "not a time";
    if (!wrong) {
        ebb_date_t date = ebb_date_from_days(ebb_floor_div(stamp.time_s, EBB_DAY_S));
        int64_t second =
            stamp.time_s - EBB_DAY_S * ebb_floor_div(stamp.time_s, EBB_DAY_S);
        (void)snprintf(got, sizeof got, "%04d-%02d-%02d %02d:%02d:%02d%s", date.year,
                       date.month, date.day, (int)(second / 3600),
                       (int)(second / 60 % 60), (int)(second % 60),
                       stamp.minute ? " minute" : "");
        CHECK(stamp.offset_s == offset_s && stamp.is_utc == utc);
    }
    check_string(got, want, text, 0);
}

static void test_stamps(void)
{
    const int32_t none = EBB_OFFSET_UNKNOWN;
    check_stamp("2024-03-31T14:05:09", "2024-03-31 14:05:09", none, false);
    check_stamp("2024-03-31 14:05", "2024-03-31 14:05:00 minute", none, false);
    check_stamp("  2024/03/31 14:05:09.123 ", "2024-03-31 14:05:09", none, false);
    check_stamp("2024-02-29t23:59:60,9Z", "2024-02-29 23:59:59", 0, true);
    check_stamp("2024-03-31T14:05:09 +0530", "2024-03-31 14:05:09", 19800, false);
    check_stamp("2024-03-31T14:05-03:30", "2024-03-31 14:05:00 minute", -12600, false);
    check_stamp("1969-12-31T23:59:59+00:00", "1969-12-31 23:59:59", 0, false);
    check_stamp("100000000", "1973-03-03 09:46:40", 0, true);
    check_stamp("1711893909", "2024-03-31 14:05:09", 0, true);
    check_stamp("1711893909.999", "2024-03-31 14:05:09", 0, true);
    check_stamp("01711893909", "2024-03-31 14:05:09", 0, true);
    check_stamp("1711893909999", "2024-03-31 14:05:09", 0, true);
    check_stamp("1711893909999999", "2024-03-31 14:05:09", 0, true);
    check_stamp("1711893909999999999", "2024-03-31 14:05:09", 0, true);
    static const char *const wrong[] = {
        "",
        "x",
        "99999999",
        "2024",
        "2024-3-31",
        "2024-03-31",
        "2024-03-31T",
        "2024-03-31T14",
        "2024-03/31 14:05",
        "2024-03-31T14:5",
        "2024-03-31T14:05:",
        "2024-03-31T14:05:0",
        "2024-03-31T14:05:09.",
        "2024-03-31T14:05:09x",
        "2024-03-31T14:05:09+25:00",
        "2024-03-31T14:05:09+02:",
        "2024-03-31T14:05:09+02:60",
        "2024-13-01T00:00:00",
        "2023-02-29T00:00:00",
        "2024-03-31T24:00:00",
        "2024-03-31T14:60:00",
        "2024-03-31T14:05:61",
        "31.03.2024 14:05",
        "-1711893909",
        "17118939091711893909",
        "171189390917118939091711893909",
        "1711893909e3",
        "+02:00",
        "2024-03-31 2:05 PM",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        check_stamp(wrong[i], "not a time", 0, false);
    }
}

static void test_columns(void)
{
    CHECK(ebb_column_find(" Date Time ", 11) == EBB_COLUMN_TIME);
    CHECK(ebb_column_find("date-time", 9) == EBB_COLUMN_TIME);
    CHECK(ebb_column_find("SENDER", 6) == EBB_COLUMN_PERSON);
    CHECK(ebb_column_find("mood", 4) == EBB_COLUMN_NONE);
    CHECK(ebb_column_find("", 0) == EBB_COLUMN_NONE);
    CHECK(ebb_column_find("a name of a column that is long", 31) == EBB_COLUMN_NONE);
    CHECK(ebb_columns_problem(1u << EBB_COLUMN_DATE | 1u << EBB_COLUMN_PERSON) == NULL);
    CHECK(ebb_columns_problem(1u << EBB_COLUMN_INSTANT) != NULL);
    CHECK(ebb_columns_problem(1u << EBB_COLUMN_PERSON) != NULL);
}

/* ---- the buffer ---- */

static int read_text(const char *bytes, size_t length, uint64_t *lines,
                     ebb_error_t *error)
{
    fixture_t none;
    memset(&none, 0, sizeof none);
    ebb_history_t *history = NULL;
    *error = (ebb_error_t){0};
    int code = fixture_import(&none, bytes, length, &history, error);
    *lines = code ? 0 : ebb_history_account(history)->sources[0].lines;
    ebb_history_free(history);
    return code;
}

/* rows of all lengths over several buffers: none is lost at a seam */
static void test_seams(void)
{
    ebb_text_t text;
    ebb_text_init(&text, NULL);
    ebb_text_puts(&text, "time,person,text\r\n");
    unsigned rows = 0, state = 7;
    while (text.length < 5000000) {
        state = state * 1664525u + 1013904223u;
        unsigned words = (state >> 20) % 50;
        ebb_text_printf(&text, "2024-01-01T08:00:00,%s,\"", rows % 2 ? "Ben" : "Ana");
        for (unsigned i = 0; i < words; i++) {
            ebb_text_puts(&text,
                          (state >> (i % 16) & 1) ? "\"\"yes\"\" \r\n" : "word, ");
        }
        ebb_text_puts(&text, "\"\r\n");
        rows++;
    }
    ebb_error_t error;
    uint64_t lines = 0;
    CHECK(read_text(text.data, text.length, &lines, &error) == EBB_OK);
    CHECK(lines == rows);
    ebb_text_free(&text);
}

static void test_long_row(void)
{
    ebb_text_t text;
    ebb_error_t error;
    uint64_t lines = 0;
    ebb_text_init(&text, NULL);
    ebb_text_puts(&text, "time,person,text\n2024-01-01T08:00:00,Ana,x\n"
                         "2024-01-01T08:00:00,Ben,\"");
    while (text.length < 1000000) {
        ebb_text_puts(&text, "words and\n");
    }
    size_t cut = text.length;
    ebb_text_puts(&text, "\"\n");
    CHECK(read_text(text.data, text.length, &lines, &error) == EBB_OK && lines == 2);
    text.length = cut;
    while (text.length < 2500000) {
        ebb_text_puts(&text, "words and\n");
    }
    ebb_text_puts(&text, "\"\n");
    CHECK(read_text(text.data, text.length, &lines, &error) == EBB_ERR_LIMIT);
    CHECK(error.line == 3 && strstr(error.text, "quote") != NULL);
    ebb_text_free(&text);
}

static void test_many_columns(void)
{
    ebb_text_t text;
    ebb_error_t error;
    uint64_t lines = 0;
    ebb_text_init(&text, NULL);
    ebb_text_puts(&text, "time,person");
    for (int i = 0; i < 60; i++) {
        ebb_text_printf(&text, ",x%d", i);
    }
    ebb_text_puts(&text, "\n2024-01-01T08:00:00,Ana\n2024-01-01T08:00:00,Ben,1,2,3\n");
    CHECK(read_text(text.data, text.length, &lines, &error) == EBB_OK && lines == 2);
    ebb_text_free(&text);
}

/* ---- sniffing ---- */

static void check_format(const char *head, const char *want)
{
    const ebb_reader_t *reader = ebb_reader_for(head, strlen(head));
    check_string(reader ? reader->format : "none", want, head, 0);
}

static void test_sniff(void)
{
    check_format("time,person\n", "csv");
    check_format("\xEF\xBB\xBFsep=,\r\nPerson,Date,Time\r\n", "csv");
    check_format("\"time\"\t\"who\"\r", "csv");
    check_format("instant,local,person,kind,characters,words,flags,source\n", "csv");
    check_format("{\"time\":1,\"person\":\"A\"}", "jsonl");
    check_format("\n [ {\"from\":\"A\", \"when\":1}", "jsonl");
    check_format("{\"schema\":\"ebb/events\",\"version\":1,\"events\":[\n", "jsonl");
    check_format("time,person,text\n1,A,\"\n2024/5/5\n19:00\tB\tx\n\"\n", "csv");
    check_format("[1, 2, 3]", "none");
    check_format("a,b,c\n1,2,3\n", "none");
    check_format("", "none");
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "tests/fixtures/messages";
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        fixture_check(folder, tables[i], ".csv");
    }
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
        fixture_check(folder, objects[i], ".json");
    }
    test_stamps();
    test_columns();
    test_seams();
    test_long_row();
    test_many_columns();
    test_sniff();
    chat_check_memory(folder, "csv_quotes", ".csv", 200);
    chat_check_memory(folder, "jsonl_lines", ".json", 200);
    return check_report(__FILE__);
}
