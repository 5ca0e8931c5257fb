/* SPDX-License-Identifier: MIT
 * messages/line*.c: small exports of LINE, one for each dialect and each thing it does,
 * with what is expected of them; the file's name; memory running out. Takes the folder
 * of fixtures as its argument. */
#include "chat.h"

static const char *const names[] = {
    "line_english",     "line_japanese",  "line_taiwan",         "line_korean",
    "line_month_first", "line_day_first", "line_thai",           "line_weekday_names",
    "line_quotes",      "line_computer",  "line_not_understood", "line_system",
    "line_clock_back",  "line_nothing",
};

static void test_sniff(void)
{
    const ebb_reader_t *line = &ebb_reader_line;
    CHECK(chat_sniff(line, "[LINE] Chat history with A\n") == 2);
    CHECK(chat_sniff(line, "\xEF\xBB\xBF[LINE] A\r\n") == 2);
    CHECK(chat_sniff(line, "2024/05/05(Sun)\n20:01\tA\tb\n") == 2);
    CHECK(chat_sniff(line, "2024/05/05(Sun)\nnothing\n") == 0);
    static const char nul[] = "2024/05/05(Sun)\n20:01u\0r\tA\tb\n";
    CHECK(line->sniff(nul, sizeof nul - 1) == 0);
    CHECK(chat_sniff(line, "2024/05/05\n20:01\tA\tb\n") == 0);
    CHECK(chat_sniff(line, "2024.13.05 Sunday\n20:01 A b\n") == 0);
    CHECK(chat_sniff(line, "time,person\n") == 0);
    CHECK(chat_sniff(line, "05/05/2024, 20:01 - A: b\n") == 0);
    CHECK(chat_sniff(line, "") == 0);
}

/* of few lines only the first word is a name, unless the file is called by the other */
static void test_file_name(void)
{
    static const char text[] = "2024.05.05 Sunday\n20:01 Ana Maria hi\n20:02 Ben ho\n";
    static const char *const labels[2] = {"chat.txt", "a/[LINE] Ana Maria.txt"};
    static const char *const called[2] = {"Ana", "Ana Maria"};
    for (int i = 0; i < 2; i++) {
        ebb_import_t *import = NULL;
        ebb_history_t *history = NULL;
        ebb_input_t input = ebb_input_memory(text, strlen(text), labels[i]);
        CHECK(ebb_import_open(&import, NULL, NULL) == 0);
        CHECK(ebb_import_add(import, &input, NULL) == 0);
        CHECK(ebb_import_finish(import, &history, NULL) == 0);
        CHECK_STRING(history ? ebb_history_name(history, 0) : "", called[i]);
        ebb_history_free(history);
        ebb_import_free(import);
    }
}

/* lines across the buffer's edges, one as long as the buffer, one longer */
static void test_long_lines(void)
{
    size_t room = (size_t)3 << 20;
    char *text = malloc(room);
    for (int extra = 0; extra < 2; extra++) {
        size_t n = (size_t)sprintf(text, "2024/05/05(Sun)\n20:01\tAna\t");
        size_t body = ((size_t)1 << 20) - (n - 16) - (extra ? 0 : 1);
        memset(text + n, 'x', body);
        n += body;
        n += (size_t)sprintf(text + n, "\n20:02\tBen\tb\n");
        ebb_import_t *import = NULL;
        ebb_history_t *history = NULL;
        ebb_error_t error = {0};
        ebb_input_t input = ebb_input_memory(text, n, "long.txt");
        CHECK(ebb_import_open(&import, NULL, NULL) == 0);
        int code = ebb_import_add(import, &input, &error);
        CHECK(code == (extra ? EBB_ERR_LIMIT : EBB_OK));
        CHECK(!extra || error.line == 2);
        if (!code && ebb_import_finish(import, &history, &error) == 0) {
            size_t count = 0;
            const ebb_event_t *events = ebb_history_events(history, &count);
            CHECK(count == 2 && events[0].characters == body && events[0].words == 1);
        }
        ebb_history_free(history);
        ebb_import_free(import);
    }
    free(text);
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "tests/fixtures/messages";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        fixture_check(folder, names[i], ".txt");
    }
    test_sniff();
    test_file_name();
    test_long_lines();
    chat_check_memory(folder, "line_quotes", ".txt", 500);
    return check_report(__FILE__);
}
