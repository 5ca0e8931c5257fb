/* SPDX-License-Identifier: MIT
 * Every locale's own short date and time, as ICU writes them today, must be understood
 * as a head: the phone's locale, not WhatsApp, decides how a line begins. */
#include <stdlib.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "check.h"
#include "ebb/messages.h"
#include "messages/whatsapp.h"

#define DAY_MS 86400000.0
#define BEGIN_S INT64_C(1588550400) /* 2020-05-04 00:00 UTC */
#define LINES 60

static void to_utf8(char *out, size_t size, const UChar *text, int length)
{
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8(out, (int32_t)size, NULL, text, length, &status);
    CHECK(U_SUCCESS(status));
}

/* A chat in a locale's style: one message every 1.35 days; its length. */
static size_t write_chat(char *out, const char *locale, UDateFormatStyle time_style,
                         int bracket)
{
    UErrorCode status = U_ZERO_ERROR;
    UDateFormat *format =
        udat_open(time_style, UDAT_SHORT, locale, u"UTC", -1, NULL, 0, &status);
    size_t n = 0;
    for (int i = 0; i < LINES; i++) {
        UChar wide[128];
        char text[256];
        double ms = (double)(BEGIN_S + i * INT64_C(116640)) * 1000.0;
        int length = udat_format(format, ms, wide, 128, NULL, &status);
        to_utf8(text, sizeof text, wide, length);
        n += (size_t)sprintf(out + n, bracket ? "[%s] %s: hi\n" : "%s - %s: hi\n", text,
                             i % 2 ? "Ben" : "Ann");
    }
    udat_close(format);
    CHECK(U_SUCCESS(status));
    return n;
}

/* How many messages have the time they were written with. */
static int count_right(const char *chat, size_t n, int seconds)
{
    ebb_import_t *import = NULL;
    ebb_history_t *history = NULL;
    ebb_input_t input = ebb_input_memory(chat, n, "chat");
    int right = 0;
    if (!ebb_import_open(&import, NULL, NULL) &&
        !ebb_import_add(import, &input, NULL) &&
        !ebb_import_finish(import, &history, NULL)) {
        size_t count;
        const ebb_event_t *events = ebb_history_events(history, &count);
        for (size_t i = 0; i < count && i < LINES; i++) {
            int64_t want = BEGIN_S + (int64_t)i * 116640;
            right += events[i].local_s == (seconds ? want : want - want % 60);
        }
    }
    ebb_history_free(history);
    ebb_import_free(import);
    return right;
}

/* Languages whose short forms are not understood, and why: WhatsApp does not speak any
 * of them, though a phone may be set to their country. */
static int is_excused(const char *locale)
{
    static const char *const excused[] = {
        /* the line begins with an era, "AP" for the Persian calendar */
        "ckb_IR", "lrc", "mzn", "ps", "uz_Arab",
        /* words between the numbers that are in no table of ours */
        "ak", "bem", "bo_IN", "brx", "dz", "ee", "ff_", "haw", "kab", "naq", "nus",
        NULL};
    for (int i = 0; excused[i]; i++) {
        if (strncmp(locale, excused[i], strlen(excused[i])) == 0) {
            return 1;
        }
    }
    return 0;
}

static int same_head(const ebb_wa_head_t *a, const ebb_wa_head_t *b)
{
    return memcmp(a->field, b->field, sizeof a->field) == 0 && a->style == b->style &&
           a->second_s == b->second_s && a->length == b->length;
}

/* Heads read by shape are those the parsers read, for the lines of a chat and for lines
 * with one byte changed; how many lines were wrong. */
static int count_misread(const char *chat, unsigned *state)
{
    static const char bytes[] = "0123456789 :/.-[],amP\n\xE2\x80\xAF";
    ebb_wa_shapes_t shapes = {.count = 0};
    int wrong = 0;
    for (const char *p = chat; *p; p = strchr(p, '\n') + 1) {
        char line[400] = "";
        size_t n = strcspn(p, "\n");
        memcpy(line, p, n);
        for (int change = 0; change < 4; change++) {
            ebb_wa_head_t parsed;
            bool is_head = ebb_wa_head(line, n, &parsed);
            const ebb_wa_head_t *shaped = ebb_wa_shapes_read(&shapes, line, n);
            if (shaped) {
                wrong += !is_head || !same_head(&parsed, shaped);
            } else if (is_head && change == 0) {
                ebb_wa_shapes_learn(&shapes, line, &parsed);
            }
            *state = *state * 1664525u + 1013904223u;
            line[(*state >> 16) % 30] = bytes[(*state >> 8) % (sizeof bytes - 1)];
        }
    }
    return wrong;
}

int main(void)
{
    int wrong = 0, misread = 0;
    unsigned state = 1;
    int count = uloc_countAvailable();
    for (int i = 0; i < count; i++) {
        const char *locale = uloc_getAvailable(i);
        static char chat[LINES * 300];
        for (int style = 0; style < 4; style++) {
            size_t n = write_chat(chat, locale, style & 1 ? UDAT_MEDIUM : UDAT_SHORT,
                                  style & 2);
            misread += count_misread(chat, &state);
            int right = count_right(chat, n, style & 1);
            if (right != LINES && !is_excused(locale)) {
                wrong++;
                fprintf(stderr, "%s, form %d: %d of %d right: %.*s\n", locale, style,
                        right, LINES, (int)strcspn(chat, "\n"), chat);
            }
        }
    }
    CHECK(wrong == 0);
    CHECK(misread == 0);
    CHECK(count > 700); /* ICU came with its data */
    return check_report(__FILE__);
}
