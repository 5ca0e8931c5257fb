/* SPDX-License-Identifier: MIT
 * core/: calendar, errors, growing buffers, JSON. */
#include <stdlib.h>

#include "check.h"
#include "core/calendar.h"
#include "core/fail.h"
#include "core/json.h"
#include "core/memory.h"

/* days and dates are inverse over 800 years, and consecutive days are consecutive dates
 */
static void test_calendar(void)
{
    int64_t first = ebb_days_from_date((ebb_date_t){1600, 1, 1});
    int64_t last = ebb_days_from_date((ebb_date_t){2400, 12, 31});
    int wrong = 0;
    for (int64_t day = first; day <= last; day++) {
        ebb_date_t date = ebb_date_from_days(day);
        wrong += !ebb_date_is_valid(date) || ebb_days_from_date(date) != day;
    }
    CHECK(wrong == 0);
    CHECK(ebb_days_from_date((ebb_date_t){1970, 1, 1}) == 0);
    CHECK(ebb_days_from_date((ebb_date_t){2000, 3, 1}) == 11017);
    CHECK(ebb_weekday(0) == 3);
    CHECK(ebb_weekday(ebb_days_from_date((ebb_date_t){2026, 11, 22})) == 6);
    CHECK(ebb_weekday(-1) == 2);
    CHECK(!ebb_date_is_valid((ebb_date_t){1900, 2, 29}));
    CHECK(ebb_date_is_valid((ebb_date_t){2000, 2, 29}));
    CHECK(!ebb_date_is_valid((ebb_date_t){2001, 13, 1}));
    CHECK(ebb_floor_div(-1, 7) == -1 && ebb_floor_div(-7, 7) == -1 &&
          ebb_floor_div(6, 7) == 0);
}

/* every code has a sentence of its own; numbers that are no code say so */
static void test_errors(void)
{
#define CHECK_CODE(name, value, sentence) CHECK_STRING(ebb_strerror(name), sentence);
    EBB_ERROR_LIST(CHECK_CODE)
#undef CHECK_CODE
    for (int code = -1000; code < 1000; code++) {
        CHECK(ebb_strerror(code)[0] != '\0');
    }
    CHECK_STRING(ebb_strerror(-999), "unknown error");
    ebb_error_t error;
    int code = ebb_fail_at(&error, EBB_ERR_INPUT, (ebb_place_t){"a.txt", 3, 7}, "no %s",
                           "date");
    CHECK(code == EBB_ERR_INPUT && error.code == code && error.line == 3 &&
          error.column == 7);
    CHECK_STRING(error.where, "a.txt");
    CHECK_STRING(error.text, "no date");
    CHECK(ebb_fail(NULL, EBB_ERR_IO, "x") == EBB_ERR_IO);
}

static void check_number(double value, const char *want)
{
    char buffer[32];
    CHECK(ebb_number_format(buffer, value) == (int)strlen(want));
    CHECK_STRING(buffer, want);
}

/* shortest decimals read back to the same bits */
static void test_numbers(void)
{
    check_number(0.1, "0.1");
    check_number(1.0 / 3, "0.3333333333333333");
    check_number(-2, "-2");
    check_number(1e300, "1e+300");
    check_number(20, "20");
    check_number(100000, "100000");
    check_number(0.30000000000000004, "0.30000000000000004");
    check_number(5e-324, "5e-324");
    check_number((double)NAN, "null");
    check_number((double)INFINITY, "null");
    unsigned state = 1;
    int wrong = 0;
    for (int i = 0; i < 100000; i++) {
        state = state * 1664525u + 1013904223u;
        double value = ldexp((double)state + 0.1 * i, (int)(state >> 24) - 128);
        char buffer[32];
        ebb_number_format(buffer, value);
        wrong += strtod(buffer, NULL) != value;
    }
    CHECK(wrong == 0);
}

/* nesting, commas, escapes; bytes that are not UTF-8 do not get through */
static void test_json(void)
{
    ebb_text_t text;
    ebb_text_init(&text, NULL);
    ebb_json_t json = {.out = &text};
    ebb_json_begin(&json, '{');
    ebb_json_key(&json, "a");
    ebb_json_begin(&json, '[');
    ebb_json_int(&json, -5);
    ebb_json_number(&json, 0.5);
    ebb_json_null(&json);
    ebb_json_bool(&json, true);
    ebb_json_end(&json, ']');
    ebb_json_key(&json, "b");
    ebb_json_string(&json, "x\"\\\n</script>\xE2\x80\xA8\xFF\xED\xA0\x80\xC3\xA9");
    ebb_json_end(&json, '}');
    CHECK_STRING(
        text.data,
        "{\"a\":[-5,0.5,null,true],\"b\":\"x\\\"\\\\\\u000a\\u003c/script>\\u2028"
        "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xC3\xA9\"}");
    ebb_text_free(&text);
}

/* an allocator that refuses: failures stick, nothing is lost */
static void *refuse(void *user, void *ptr, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    (void)new_size;
    (void)ptr;
    return NULL;
}

static void test_memory(void)
{
    const ebb_alloc_t none = {refuse, NULL};
    ebb_text_t text;
    ebb_text_init(&text, &none);
    ebb_text_puts(&text, "x");
    ebb_text_printf(&text, "%d", 1);
    CHECK(text.failed == EBB_ERR_MEMORY && text.length == 0);
    ebb_text_free(&text);
    CHECK(ebb_new_array(&none, 1, 1) == NULL);
    CHECK(ebb_new_array(ebb_alloc_default(), (size_t)-1, 16) == NULL);
    void *array = NULL;
    size_t capacity = 0;
    CHECK(ebb_grow(ebb_alloc_default(), &array, &capacity, (size_t)-1, 16) ==
          EBB_ERR_MEMORY);
    CHECK(ebb_grow(ebb_alloc_default(), &array, &capacity, 100, 16) == EBB_OK);
    CHECK(capacity >= 100);
    ebb_free_array(ebb_alloc_default(), array, capacity, 16);
}

int main(void)
{
    test_calendar();
    test_errors();
    test_numbers();
    test_json();
    test_memory();
    return check_report(__FILE__);
}
