/* SPDX-License-Identifier: MIT
 * Inside the reader of LINE's text export: dates, times, the app's own words. */
#ifndef EBB_MESSAGES_LINE_H
#define EBB_MESSAGES_LINE_H

#include "core/calendar.h"
#include "messages/reader.h"

/* The line that begins a day: three numbers and a weekday. */
typedef struct ebb_ln_date {
    int32_t field[3]; /* as they stand */
    bool year_first;  /* else the order of day and month is open */
    int weekday;      /* 0 Monday ... where the word is English; else -1 */
    uint64_t word;    /* hash of the weekday's word */
} ebb_ln_date_t;

/* Whether a line is one. */
bool ebb_ln_read_date(const char *line, size_t n, ebb_ln_date_t *date);

/* The day it means, days since 1970, with the day first or the month; EBB_LN_NO_DAY
 * where there is no such day. Years of the Buddhist era are known by their size. */
#define EBB_LN_NO_DAY INT64_MIN
int64_t ebb_ln_day(const ebb_ln_date_t *date, bool day_first);

/* The days of a chat, by which the order of day and month is found: a day that does not
 * exist, or a weekday that is wrong or changes its name, speaks against an order.
 * Zero-initialise. */
typedef struct ebb_ln_order {
    uint64_t dates, year_first;
    uint64_t against[2];  /* lines that do not fit the month first, the day first */
    uint64_t names[2][7]; /* hashes of the weekdays' words, by order */
} ebb_ln_order_t;

void ebb_ln_order_learn(ebb_ln_order_t *order, const ebb_ln_date_t *date);

/* How a line of a message begins. */
typedef struct ebb_ln_head {
    int32_t second_s; /* of the day */
    bool tabbed;      /* parts are set off by tabs, as phones do; else by blanks */
    size_t rest;      /* place of what follows the time */
} ebb_ln_head_t;

bool ebb_ln_read_head(const char *line, size_t n, ebb_ln_head_t *head);

/* What a text is that the app wrote in place of something else. */
typedef struct ebb_ln_said {
    uint8_t kind;   /* ebb_kind_t; EBB_KIND_TEXT where the text is the sender's own */
    uint16_t flags; /* EBB_FLAG_ bits */
    bool begins;    /* more may follow that is not the sender's own either */
} ebb_ln_said_t;

/* `tabbed`: by a phone; computers have words of their own. */
ebb_ln_said_t ebb_ln_said(const char *text, size_t n, bool tabbed);

/* Whether a line without a sender says that a message was taken back. */
bool ebb_ln_is_unsent(const char *text, size_t n);

/* Names on lines whose parts are set off by blanks, where a name may hold blanks too:
 * what all lines with the same first word go on with. Zero-initialise. */
#define EBB_LN_NAMES_MAX 64
#define EBB_LN_NAME_BYTES 96

typedef struct ebb_ln_name {
    char bytes[EBB_LN_NAME_BYTES]; /* what the lines have in common */
    size_t length;
    size_t first; /* bytes of the first word */
    uint64_t lines;
} ebb_ln_name_t;

typedef struct ebb_ln_names {
    ebb_ln_name_t list[EBB_LN_NAMES_MAX];
    size_t count;
} ebb_ln_names_t;

/* Learns from what follows the time on a line. */
void ebb_ln_names_learn(ebb_ln_names_t *names, const char *rest, size_t n);

/* Bytes of the name that a line goes on with behind its time; 0 where there is none.
 * `partner` (may be NULL) is who the chat is with, where the file's name tells it. */
size_t ebb_ln_names_find(const ebb_ln_names_t *names, const char *rest, size_t n,
                         const char *partner);

#endif
