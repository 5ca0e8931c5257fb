/* SPDX-License-Identifier: MIT
 *
 * Makes big exports of a couple who never were, to measure speed with.
 *
 *     make_chat FORMAT KIND COUNT > FILE
 *
 * FORMAT is whatsapp, telegram, messenger, discord, matrix, line, signal (as sigtop
 * writes it), sms (as SMS Backup & Restore wrote it before it knew emoji), or imessage:
 * rows as JSON, for run.py to make a database of.
 * KIND is typical: short words, here and there a line break, an accent, a picture, an
 * emoji; or worst: a twelve-hour clock with invisible marks, bodies of emoji sequences
 * and of five scripts, every second one of several lines. COUNT messages stand in ten
 * years; who writes when comes from the generator which also makes the planted couples,
 * so that the whole way to the page has something to measure.
 *
 * Invariant: the same arguments give the same bytes.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ebb/messages.h"
#include "generator.h"

#define WEEKS 520
#define SEED 7

struct form;

typedef struct chat {
    const struct form *form;
    bool worst;
    uint64_t state; /* of the little generator that picks words */
    size_t lines;   /* breaks left to write in the body at hand */
    int64_t day;    /* of the last message, where a format has lines for days */
} chat_t;

/* How an export of one format is written. */
typedef struct form {
    const char *name;
    const char *newline; /* within a text */
    const char *head, *between, *tail;
    bool minute_clock; /* but in the worst case */
    bool backwards;    /* the newest first */
    bool mojibake;     /* bytes of UTF-8 taken for Latin-1 */
    bool halves;       /* emoji as two references, to halves of a surrogate pair */
    void (*put)(chat_t *chat, const ebb_event_t *event, size_t number);
} form_t;

static const char *const plain_words[] = {
    "and",  "the",  "so",    "we",    "train", "late", "bread", "rain",
    "home", "soon", "green", "table", "maybe", "call", "later", "today",
};
static const char *const rare_words[] = {
    "caf\u00e9", "sch\u00f6n", "\U0001F602", "\u2764\uFE0F", "ma\u00f1ana",
};
static const char *const hard_words[] = {
    "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466",
    "\U0001F44D\U0001F3FD",
    "\u043F\u0440\u0438\u0432\u0435\u0442",
    "\u0645\u0631\u062D\u0628\u0627",
    "\u4F60\u597D\u5417",
    "\u0928\u092E\u0938\u094D\u0924\u0947",
    "\uC548\uB155",
    "\U0001F1E9\U0001F1EA",
    "e\u0301t\u00e9",
    "\U0001F602\U0001F602\U0001F602",
};

static uint32_t draw(chat_t *chat, uint32_t below)
{
    chat->state = chat->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((chat->state >> 33) % below);
}

static const char *pick(chat_t *chat, const char *const *words, size_t count)
{
    return words[draw(chat, (uint32_t)count)];
}

static const char *next_word(chat_t *chat)
{
    if (chat->worst) {
        return pick(chat, hard_words, sizeof hard_words / sizeof *hard_words);
    }
    return draw(chat, 40)
               ? pick(chat, plain_words, sizeof plain_words / sizeof *plain_words)
               : pick(chat, rare_words, sizeof rare_words / sizeof *rare_words);
}

static const char *between_words(chat_t *chat)
{
    if (chat->lines > 0 && draw(chat, 3) == 0) {
        chat->lines--;
        return chat->form->newline;
    }
    return " ";
}

/* UTF-8 of four bytes as two references, all else as it is. */
static void put_halves(const char *text)
{
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte < 0xF0) {
            putchar(byte);
            continue;
        }
        unsigned code = byte & 7u;
        for (int i = 0; i < 3; i++) {
            code = code << 6 | ((unsigned char)*++text & 0x3Fu);
        }
        code -= 0x10000;
        printf("&#%u;&#%u;", 0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF));
    }
}

/* Text as the format writes it: Messenger takes the bytes of UTF-8 for Latin-1. */
static void put_text(const chat_t *chat, const char *text)
{
    if (chat->form->halves) {
        put_halves(text[0] == '\n' ? "&#10;" : text);
        return;
    }
    for (; chat->form->mojibake && *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte < 0x80) {
            putchar(byte);
        } else {
            printf("\\u%04x", byte);
        }
    }
    fputs(text, stdout);
}

static void put_body(chat_t *chat)
{
    uint32_t words = 1;
    while (words < 60 && draw(chat, 7) != 0) {
        words++;
    }
    uint32_t of_several_lines = chat->worst ? 2 : 30;
    chat->lines = draw(chat, of_several_lines) ? 0 : 3;
    for (uint32_t i = 0; i < words; i++) {
        put_text(chat, i ? between_words(chat) : "");
        put_text(chat, next_word(chat));
    }
}

typedef struct date {
    int year, month, day, hour, minute, second;
} date_t;

/* Proleptic Gregorian date of a day number, by the eras of 400 years. */
static date_t date_of(int64_t local_s)
{
    int64_t days = local_s / 86400, left = local_s % 86400;
    int64_t shifted = days + 719468; /* since 0000-03-01 */
    int64_t era = shifted / 146097, of_era = shifted % 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153; /* 0 is March */
    return (date_t){.year = (int)(era * 400 + year + (month >= 10)),
                    .month = (int)(month < 10 ? month + 3 : month - 9),
                    .day = (int)(of_year - (153 * month + 2) / 5 + 1),
                    .hour = (int)(left / 3600),
                    .minute = (int)(left / 60 % 60),
                    .second = (int)(left % 60)};
}

static const char *const names[2] = {"Alex", "Kim"};

static void put_whatsapp(chat_t *chat, const ebb_event_t *event, size_t number)
{
    (void)number;
    date_t d = date_of(event->local_s);
    if (chat->worst) { /* an iPhone set to the United States */
        printf("\u200E[%d/%d/%02d, %d:%02d:%02d\u202F%s] %s: ", d.month, d.day,
               d.year % 100, d.hour % 12 ? d.hour % 12 : 12, d.minute, d.second,
               d.hour < 12 ? "AM" : "PM", names[event->person]);
    } else { /* an Android phone set to the United Kingdom */
        printf("%02d/%02d/%d, %02d:%02d - %s: ", d.day, d.month, d.year, d.hour,
               d.minute, names[event->person]);
    }
    if (event->kind == EBB_KIND_MEDIA) {
        fputs(chat->worst ? "\u200Eimage omitted" : "<Media omitted>", stdout);
    } else {
        put_body(chat);
    }
    fputs(chat->worst ? "\r\n" : "\n", stdout);
}

static void put_telegram(chat_t *chat, const ebb_event_t *event, size_t number)
{
    date_t d = date_of(event->local_s);
    printf("  {\n   \"id\": %zu,\n   \"type\": \"message\",\n"
           "   \"date\": \"%d-%02d-%02dT%02d:%02d:%02d\",\n"
           "   \"date_unixtime\": \"%lld\",\n   \"from\": \"%s\",\n"
           "   \"from_id\": \"user400%d\",\n",
           number + 1, d.year, d.month, d.day, d.hour, d.minute, d.second,
           (long long)event->local_s, names[event->person], event->person + 1);
    uint64_t same_words = chat->state; /* an export says every text twice */
    fputs("   \"text\": \"", stdout);
    put_body(chat);
    chat->state = same_words;
    fputs("\",\n   \"text_entities\": [\n    {\n     \"type\": \"plain\",\n"
          "     \"text\": \"",
          stdout);
    put_body(chat);
    fputs("\"\n    }\n   ]\n  }", stdout);
}

static void put_messenger(chat_t *chat, const ebb_event_t *event, size_t number)
{
    printf("    {\n      \"sender_name\": \"%s Example\",\n"
           "      \"timestamp_ms\": %lld%03zu,\n",
           names[event->person], (long long)event->local_s, number % 1000);
    if (event->kind == EBB_KIND_MEDIA) {
        fputs(
            "      \"photos\": [\n        {\n          \"uri\": \"your_activity_across_"
            "facebook/messages/inbox/kim_1/photos/1.jpg\",\n"
            "          \"creation_timestamp\": 1\n        }\n      ],\n",
            stdout);
    } else {
        fputs("      \"content\": \"", stdout);
        put_body(chat);
        fputs("\",\n", stdout);
    }
    fputs("      \"is_geoblocked_for_viewer\": false,\n"
          "      \"is_unsent_image_by_messenger_kid_parent\": false\n    }",
          stdout);
}

static void put_discord(chat_t *chat, const ebb_event_t *event, size_t number)
{
    date_t d = date_of(event->local_s);
    printf("    {\n      \"id\": \"%zu\",\n      \"type\": \"Default\",\n"
           "      \"timestamp\": \"%d-%02d-%02dT%02d:%02d:%02d.25+01:00\",\n"
           "      \"timestampEdited\": null,\n      \"callEndedTimestamp\": null,\n"
           "      \"isPinned\": false,\n      \"content\": \"",
           number + 1, d.year, d.month, d.day, d.hour, d.minute, d.second);
    put_body(chat);
    printf(
        "\",\n      \"author\": {\n        \"id\": \"400%d\",\n"
        "        \"name\": \"%s.n\",\n        \"discriminator\": \"0000\",\n"
        "        \"nickname\": \"%s\",\n        \"color\": null,\n"
        "        \"isBot\": false,\n        \"roles\": [],\n"
        "        \"avatarUrl\": \"https://cdn.discordapp.com/embed/avatars/%d.png\"\n"
        "      },\n      \"attachments\": [],\n      \"embeds\": [],\n"
        "      \"stickers\": [],\n      \"reactions\": [],\n"
        "      \"mentions\": [],\n      \"inlineEmojis\": []\n    }",
        event->person + 1, names[event->person], names[event->person], event->person);
}

static void put_matrix(chat_t *chat, const ebb_event_t *event, size_t number)
{
    printf("    {\n      \"type\": \"m.room.message\",\n"
           "      \"room_id\": \"!room:example.org\",\n"
           "      \"sender\": \"@%s:example.org\",\n      \"content\": {\n"
           "        \"msgtype\": \"m.text\",\n        \"body\": \"",
           names[event->person]);
    put_body(chat);
    printf("\"\n      },\n      \"origin_server_ts\": %lld250,\n"
           "      \"unsigned\": {\n        \"age\": 12345\n      },\n"
           "      \"event_id\": \"$%043zu\",\n"
           "      \"user_id\": \"@%s:example.org\",\n      \"age\": 12345\n    }",
           (long long)event->local_s, number + 1, names[event->person]);
}

static void put_signal(chat_t *chat, const ebb_event_t *event, size_t number)
{
    long long ms = (long long)event->local_s * 1000;
    printf("{\"timestamp\":%lld,\"attachments\":[],\"id\":\"%036zu\",", ms, number + 1);
    fputs(event->person ? "\"type\":\"incoming\",\"source\":\"+4912345\","
                          "\"sourceServiceId\":\"00000000-0000-0000-0000-00000000\","
                        : "\"type\":\"outgoing\",",
          stdout);
    fputs("\"body\":\"", stdout);
    put_body(chat);
    printf("\",\"conversationId\":\"11111111-0000-0000-0000-00000000\","
           "\"contact\":[],\"preview\":[],\"sent_at\":%lld,\"received_at\":%zu,"
           "\"received_at_ms\":%lld,\"expireTimer\":0,\"readStatus\":0,"
           "\"seenStatus\":0,\"bodyRanges\":[],\"schemaVersion\":13}",
           ms, number, ms + 300);
}

/* One export as phones save it: a line for each day before its messages. */
static void put_line(chat_t *chat, const ebb_event_t *event, size_t number)
{
    static const char *const weekdays[] = {"Thu", "Fri", "Sat", "Sun",
                                           "Mon", "Tue", "Wed"};
    date_t d = date_of(event->local_s);
    int64_t day = event->local_s / 86400;
    if (number == 0 || day != chat->day) {
        printf("\n%d/%02d/%02d(%s)\n", d.year, d.month, d.day, weekdays[day % 7]);
        chat->day = day;
    }
    printf("%02d:%02d\t%s\t", d.hour, d.minute, names[event->person]);
    if (event->kind == EBB_KIND_MEDIA) {
        fputs("[Photo]", stdout);
    } else {
        put_body(chat);
    }
    fputs("\n", stdout);
}

static void put_sms(chat_t *chat, const ebb_event_t *event, size_t number)
{
    long long ms = (long long)event->local_s * 1000;
    (void)number;
    printf("  <sms protocol=\"0\" address=\"+491701234567\" date=\"%lld\" type=\"%d\" "
           "subject=\"null\" body=\"",
           ms, event->person ? 1 : 2);
    put_body(chat);
    printf("\" toa=\"null\" sc_toa=\"null\" service_center=\"null\" read=\"1\" "
           "status=\"-1\" locked=\"0\" date_sent=\"%lld\" sub_id=\"1\" "
           "readable_date=\"5 May 2024 20:01:09\" contact_name=\"Kim\" />\n",
           ms);
}

static void put_imessage(chat_t *chat, const ebb_event_t *event, size_t number)
{
    (void)number;
    printf("[%lld, %d, \"", (long long)event->local_s, event->person);
    put_body(chat);
    fputs("\"]\n", stdout);
}

static const form_t forms[] = {
    {"whatsapp", "\n", "", "", "", true, false, false, false, put_whatsapp},
    {"telegram", "\\n",
     "{\n \"name\": \"Kim\",\n \"type\": \"personal_chat\",\n \"id\": 4002,\n"
     " \"messages\": [\n",
     ",\n", "\n ]\n}\n", false, false, false, false, put_telegram},
    {"messenger", "\\n",
     "{\n  \"participants\": [\n    {\n      \"name\": \"Alex Example\"\n    },\n"
     "    {\n      \"name\": \"Kim Example\"\n    }\n  ],\n  \"messages\": [\n",
     ",\n", "\n  ],\n  \"title\": \"Kim Example\"\n}\n", false, true, true, false,
     put_messenger},
    {"discord", "\\n",
     "{\n  \"guild\": {\n    \"id\": \"0\"\n  },\n  \"channel\": {\n"
     "    \"id\": \"7\",\n    \"type\": \"DirectTextChat\"\n  },\n"
     "  \"messages\": [\n",
     ",\n", "\n  ]\n}\n", false, false, false, false, put_discord},
    {"matrix", "\\n",
     "{\n  \"room_name\": \"Kim\",\n  \"room_creator\": \"Alex\",\n"
     "  \"messages\": [\n",
     ",\n", "\n  ]\n}\n", false, false, false, false, put_matrix},
    {"signal", "\\n", "[\n", ",\n", "\n]\n", false, false, false, false, put_signal},
    {"line", "\n", "[LINE] Chat history with Kim\nSaved on: 2026/01/01 00:00\n", "", "",
     true, false, false, false, put_line},
    {"sms", "\n",
     "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"1\">\n",
     "", "</smses>\n", false, false, false, true, put_sms},
    {"imessage", "\\n", "", "", "", false, false, false, false, put_imessage},
};

static const form_t *find_form(const char *name)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (strcmp(forms[i].name, name) == 0) {
            return &forms[i];
        }
    }
    return NULL;
}

static void put_chat(chat_t *chat, const ebb_event_t *events, size_t count)
{
    fputs(chat->form->head, stdout);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? chat->form->between : "", stdout);
        size_t which = chat->form->backwards ? count - 1 - i : i;
        chat->form->put(chat, &events[which], i);
    }
    fputs(chat->form->tail, stdout);
}

/* At least `wanted` events. The generator keeps to its volume only roughly, so the
 * volume is raised until there are enough. */
static int make_events(const chat_t *chat, size_t wanted, ebb_event_t **events)
{
    double per_day = (double)wanted / (7.0 * WEEKS);
    size_t count = 0;
    while (per_day <= 500) {
        ebb_plant_t plant = {.pursuit = {1.5, 0},
                             .withdrawal = {0, 1.5},
                             .weeks = WEEKS,
                             .messages_per_day = per_day,
                             .minute_clock = !chat->worst && chat->form->minute_clock};
        if (ebb_generate_ticks(&plant, SEED, events, &count, NULL)) {
            return -1;
        }
        if (count >= wanted) {
            return 0;
        }
        free(*events);
        per_day *= 1.1;
    }
    return -1;
}

int main(int argc, char **argv)
{
    long wanted = argc == 4 ? strtol(argv[3], NULL, 10) : 0;
    const form_t *form = wanted > 0 ? find_form(argv[1]) : NULL;
    if (!form) {
        fputs("usage: make_chat FORMAT typical|worst COUNT; FORMAT is whatsapp, "
              "telegram, "
              "messenger, discord, matrix, signal, line, sms or imessage\n",
              stderr);
        return 2;
    }
    chat_t chat = {.form = form, .worst = strcmp(argv[2], "worst") == 0, .state = SEED};
    ebb_event_t *events = NULL;
    if (make_events(&chat, (size_t)wanted, &events)) {
        fputs("make_chat: no memory, or more than the generator can write\n", stderr);
        return 1;
    }
    put_chat(&chat, events, (size_t)wanted);
    free(events);
    return fflush(stdout) ? 1 : 0;
}
