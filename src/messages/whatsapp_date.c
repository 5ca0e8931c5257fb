/* SPDX-License-Identifier: MIT
 *
 * Which of a date's three numbers is the day: decided once for the whole file.
 *
 * A style of head (see EBB_WA_ bits) leaves two or three orders open. For each of them
 * the file is read as if it were true and the strange things are added up:
 *
 *     a date that does not exist          60    (the 25th month)
 *     a step back by a day or more        10    (exports are in order, nearly)
 *     a leap of four weeks or more         1    (a wrong order turns days into months)
 *
 * The least strange order wins. Only one without dates that do not exist: certain; no
 * worse than any other: the usual one is taken and called ambiguous. Where every order
 * meets dates that do not exist, the file may have changed its order on the way; then
 * the cheapest sequence of orders is sought, a change costing as much as a step it must
 * be worth (Viterbi). What is still impossible was no head but a line of a body.
 *
 * Until then a date waits, packed, in its event:
 *
 *     local_s   0 | 5 free | number 1: 14 | number 2: 14 | number 3: 14 | second: 17
 *     offset_s  line: 28 | style: 4
 */
#include <assert.h>
#include <string.h>

#include "core/calendar.h"
#include "core/memory.h"
#include "messages/stamp.h"
#include "messages/whatsapp.h"

#define COST_IMPOSSIBLE 60
#define COST_BACK 10
#define COST_LEAP 1
#define COST_CHANGE 100
#define LEAP_DAYS 28
#define ORDERS_MAX 3
#define FEW_EVENTS 2  /* of a name: it may come from a quoted line */
#define QUOTE_S 86400 /* how far from its neighbours' times a quoted line must lie */

static size_t style_of(const ebb_event_t *event)
{
    return (uint32_t)event->offset_s & 15;
}

uint64_t ebb_wa_line_of(const ebb_event_t *event)
{
    return (uint32_t)event->offset_s >> 4;
}

/* What is known of a source's dates while they wait and are resolved. */
typedef struct date_work {
    ebb_import_t *import;
    size_t events; /* of the source, before any is folded */
    ebb_wa_calendars_t calendars;
    ebb_wa_style_t *styles;
    size_t style_count, main;             /* `main`: the style with the most heads */
    size_t next;                          /* see next_of_main */
    uint64_t totals[EBB_PERSON_NONE + 1]; /* events by sender */
    int senders;                          /* who have any */
    uint8_t *spans; /* order of each event where a style is torn, else NULL */
} date_work_t;

/* The events of the source being read. */
static ebb_event_t *source_events(const date_work_t *work, size_t *count)
{
    *count = work->import->count - work->import->source_begin;
    return work->import->events + work->import->source_begin;
}

/* ---- one date under one order ---- */

/* The day count under an order, or EBB_WA_NO_DAY. */
static int64_t day_under(date_work_t *work, int64_t packed, uint8_t order)
{
    static const uint8_t places[][3] = {
        /* year, month, day */
        [EBB_DATE_STATED] = {0, 1, 2}, [EBB_DATE_DMY] = {2, 1, 0},
        [EBB_DATE_MDY] = {2, 0, 1},    [EBB_DATE_YMD] = {0, 1, 2},
        [EBB_DATE_YDM] = {0, 2, 1},
    };
    const uint8_t *place = places[order];
    int32_t field[3] = {(int32_t)(packed >> 45 & 0x3FFF),
                        (int32_t)(packed >> 31 & 0x3FFF),
                        (int32_t)(packed >> 17 & 0x3FFF)};
    return ebb_wa_day(&work->calendars,
                      (ebb_date_t){field[place[0]], field[place[1]], field[place[2]]});
}

/* ---- one order for a style ---- */

typedef struct date_trial {
    uint8_t order;
    uint64_t impossible, back, leaps;
    uint64_t cost;
    int64_t last; /* day */
} date_trial_t;

/* Orders that the app uses nowhere, or hardly: two-digit years in front, the day
 * between year and month, the month in front of dots. */
static bool is_unheard_of(uint16_t style, uint8_t order)
{
    bool open_year = !(style & (EBB_WA_YEAR_FIRST | EBB_WA_YEAR_LAST));
    return order == EBB_DATE_YDM || (order == EBB_DATE_YMD && open_year) ||
           (order == EBB_DATE_MDY && style & EBB_WA_DOT);
}

/* The orders a style leaves open, the usual one first; at least one. */
static int open_orders(const ebb_wa_style_t *style, date_trial_t trials[ORDERS_MAX])
{
    uint16_t s = style->style;
    uint8_t list[ORDERS_MAX] = {EBB_DATE_DMY, EBB_DATE_MDY, EBB_DATE_YMD};
    int count = 3;
    if (s & EBB_WA_NAMED) {
        list[0] = EBB_DATE_YMD;
        count = 1;
    } else if (s & EBB_WA_YEAR_FIRST) {
        list[0] = EBB_DATE_YMD;
        list[1] = EBB_DATE_YDM;
        count = 2;
    } else {
        /* "1/29/18" and "1/29/2018, 1:05 PM" are American; with leading zeros, dots or
         * dashes hardly anybody puts the month first */
        bool slashes = !(s & (EBB_WA_DOT | EBB_WA_DASH));
        if (slashes && !style->padded && s & EBB_WA_HALF_DAYS && s & EBB_WA_COMMA) {
            list[0] = EBB_DATE_MDY;
            list[1] = EBB_DATE_DMY;
        }
        /* plain dots never follow a year of two digits */
        bool dots = s & EBB_WA_DOT && !(s & EBB_WA_WORDS);
        count = s & EBB_WA_YEAR_LAST || dots ? 2 : 3;
    }
    for (int i = 0; i < count; i++) {
        trials[i] = (date_trial_t){.order = list[i], .last = EBB_WA_NO_DAY};
        trials[i].cost = is_unheard_of(s, list[i]) ? COST_BACK : 0;
    }
    return count;
}

/* Takes the day of `events` messages in a row. */
static void try_day(date_trial_t *trial, int64_t day, uint64_t events)
{
    if (day == EBB_WA_NO_DAY) {
        trial->impossible += events;
        return;
    }
    if (trial->last != EBB_WA_NO_DAY) {
        trial->back += day < trial->last;
        trial->leaps += day >= trial->last + LEAP_DAYS;
    }
    trial->last = day;
}

/* What of a packed date decides its day. */
static int64_t date_bits(int64_t packed)
{
    return packed >> 17;
}

/* Tries all orders on a date that `events` messages in a row have. */
static void try_date(date_work_t *work, date_trial_t trials[ORDERS_MAX], int orders,
                     int64_t packed, uint64_t events)
{
    for (int k = 0; k < orders && events > 0; k++) {
        try_day(&trials[k], day_under(work, packed, trials[k].order), events);
    }
}

/* Tries all orders on the events of one style. */
static void try_orders(date_work_t *work, size_t style, date_trial_t trials[ORDERS_MAX],
                       int orders)
{
    size_t count;
    const ebb_event_t *events = source_events(work, &count);
    int64_t date = 0;
    uint64_t in_a_row = 0;
    for (size_t i = 0; i < count; i++) {
        if (style_of(&events[i]) != style) {
            continue;
        }
        if (date_bits(events[i].local_s) != date_bits(date)) {
            try_date(work, trials, orders, date, in_a_row);
            date = events[i].local_s;
            in_a_row = 0;
        }
        in_a_row++;
    }
    try_date(work, trials, orders, date, in_a_row);
    for (int k = 0; k < orders; k++) {
        trials[k].cost += trials[k].impossible * COST_IMPOSSIBLE +
                          trials[k].back * COST_BACK + trials[k].leaps * COST_LEAP;
    }
}

/* The verdict on one style. */
typedef struct date_verdict {
    uint8_t order;
    ebb_certainty_t certainty;
    uint64_t evidence;
    bool torn; /* no order explains every date */
} date_verdict_t;

/* Lines that speak for `best` against the order most easily mistaken for it: those with
 * dates only it makes possible, or else the steps back it saves. */
static uint64_t count_evidence(const date_trial_t *best, const date_trial_t *other)
{
    if (other->impossible > best->impossible) {
        return other->impossible - best->impossible;
    }
    return other->back > best->back ? other->back - best->back : 0;
}

static date_verdict_t judge(const date_trial_t trials[ORDERS_MAX], int orders)
{
    int best = 0;
    for (int k = 1; k < orders; k++) {
        best = trials[k].cost < trials[best].cost ? k : best;
    }
    /* the usual ones stand first; where one order is open, it has no rival */
    int rival = orders == 1 ? best : best == 0 ? 1 : 0;
    uint64_t margin = UINT64_MAX;
    bool sole = trials[best].impossible == 0;
    for (int k = 0; k < orders; k++) {
        if (k != best) {
            uint64_t more = trials[k].cost - trials[best].cost;
            margin = more < margin ? more : margin;
            sole = sole && trials[k].impossible > 0;
        }
    }
    return (date_verdict_t){.order = trials[best].order,
                            .certainty = sole                  ? EBB_CERTAIN
                                         : margin >= COST_BACK ? EBB_LIKELY
                                                               : EBB_AMBIGUOUS,
                            .evidence = count_evidence(&trials[best], &trials[rival]),
                            .torn = trials[best].impossible > 0};
}

/* ---- a file that changes its order ---- */

typedef struct order_path {
    uint64_t cost[ORDERS_MAX];
    int64_t last[ORDERS_MAX]; /* day the path stands on */
} order_path_t;

static uint64_t step_cost(int64_t last, int64_t day)
{
    if (day == EBB_WA_NO_DAY) {
        return COST_IMPOSSIBLE;
    }
    if (last == EBB_WA_NO_DAY) {
        return 0;
    }
    return day < last ? COST_BACK : day >= last + LEAP_DAYS ? COST_LEAP : 0;
}

/* One event further: the cheapest way into each order, remembered in `from` two bits an
 * order. */
static void step_path(order_path_t *path, const int64_t day[ORDERS_MAX], int orders,
                      uint8_t *from)
{
    order_path_t next = {{0}, {0}};
    *from = 0;
    for (int to = 0; to < orders; to++) {
        uint64_t best = UINT64_MAX;
        int best_from = to;
        for (int k = 0; k < orders; k++) {
            uint64_t cost = path->cost[k] + (k == to ? 0 : COST_CHANGE) +
                            step_cost(path->last[k], day[to]);
            if (cost < best || (cost == best && k == to)) {
                best = cost;
                best_from = k;
            }
        }
        next.cost[to] = best;
        next.last[to] = day[to] == EBB_WA_NO_DAY ? path->last[best_from] : day[to];
        *from = (uint8_t)(*from | best_from << (2 * to));
    }
    *path = next;
}

/* Finds the order of every event of a style that no single order explains; writes it to
 * `spans`. */
static void find_spans(date_work_t *work, size_t style,
                       const date_trial_t trials[ORDERS_MAX], int orders)
{
    size_t count;
    const ebb_event_t *events = source_events(work, &count);
    uint8_t *order = work->spans;
    order_path_t path = {{0}, {EBB_WA_NO_DAY, EBB_WA_NO_DAY, EBB_WA_NO_DAY}};
    for (size_t i = 0; i < count; i++) {
        if (style_of(&events[i]) == style) {
            int64_t day[ORDERS_MAX];
            for (int k = 0; k < orders; k++) {
                day[k] = day_under(work, events[i].local_s, trials[k].order);
            }
            step_path(&path, day, orders, &order[i]);
        }
    }
    int at = 0;
    for (int k = 1; k < orders; k++) {
        at = path.cost[k] < path.cost[at] ? k : at;
    }
    for (size_t i = count; i-- > 0;) {
        if (style_of(&events[i]) == style) {
            uint8_t from = order[i];
            order[i] = trials[at].order;
            at = from >> (2 * at) & 3;
        }
    }
}

/* ---- from packed dates to clocks ---- */

static uint8_t order_of(const date_work_t *work, size_t i, const ebb_event_t *event)
{
    const ebb_wa_style_t *style = &work->styles[style_of(event)];
    assert(style->order != EBB_DATE_MIXED || work->spans);
    return style->order == EBB_DATE_MIXED ? work->spans[i] : style->order;
}

/* A head that was none becomes the next line of the body above it. */
static void join_above(ebb_import_t *import, size_t kept, const ebb_event_t *event)
{
    if (kept == import->source_begin) {
        return; /* nothing above it */
    }
    ebb_event_t *above = &import->events[kept - 1];
    if (above->person == EBB_PERSON_NONE) {
        return;
    }
    above->characters += 1u + event->_reserved[0] + event->characters;
    above->words += (uint32_t)event->_reserved[1] + event->words;
    if (above->text && event->text > 1) {
        /* bodies lie one behind the other: the NUL between them becomes a newline */
        size_t at = above->text - 1;
        at += strlen(import->texts.data + at);
        if (at < event->text - 1) {
            import->texts.data[at] = '\n';
        }
    }
}

/* Moves an event up to where those before it were taken out; mostly none was. */
static inline void keep_event(ebb_import_t *import, size_t kept,
                              const ebb_event_t *event)
{
    if (&import->events[kept] != event) {
        import->events[kept] = *event;
    }
}

/* Unpacks every date; what cannot be a date joins the body above. */
static void unpack(date_work_t *work)
{
    ebb_import_t *import = work->import;
    size_t kept = import->source_begin;
    int64_t seen = -1, day = EBB_WA_NO_DAY;
    uint8_t seen_order = EBB_DATE_MIXED;
    for (size_t i = import->source_begin; i < import->count; i++) {
        ebb_event_t *event = &import->events[i];
        uint8_t order = order_of(work, i - import->source_begin, event);
        if (date_bits(event->local_s) != seen || order != seen_order) {
            seen = date_bits(event->local_s);
            seen_order = order;
            day = day_under(work, event->local_s, order);
        }
        if (day == EBB_WA_NO_DAY) {
            ebb_import_not_understood(
                import, ebb_wa_line_of(event), 1,
                "looks like a message, but its date does not exist "
                "in the order of days and months used here");
            join_above(import, kept, event);
            continue;
        }
        event->local_s = day * EBB_DAY_S + (event->local_s & 0x1FFFF);
        work->senders += work->totals[event->person]++ == 0;
        keep_event(import, kept++, event);
    }
    import->count = kept;
    work->senders -= work->totals[EBB_PERSON_NONE] > 0;
}

/* The first event after `i` in the main style; each event is looked at once. */
static size_t next_of_main(date_work_t *work, size_t i)
{
    const ebb_import_t *import = work->import;
    size_t k = work->next > i ? work->next : i + 1;
    while (k < import->count && style_of(&import->events[k]) != work->main) {
        k++;
    }
    work->next = k;
    return k;
}

/* Whether so little stands under a name, beside two other names, that it may be no
 * sender; lines without a sender may always be none. */
static bool may_be_nobody(const date_work_t *work, uint8_t person)
{
    return person == EBB_PERSON_NONE ||
           (work->totals[person] <= FEW_EVENTS && work->senders > 2);
}

/* Whether event `i` is a line quoted in a body. The signs: its sender is hardly known,
 * or it has another style than the rest; and its time does not lie between those of the
 * messages around it, while theirs are in order. */
static bool is_quote(date_work_t *work, size_t kept, size_t i)
{
    const ebb_import_t *import = work->import;
    const ebb_event_t *event = &import->events[i];
    if (event->_reserved[0] == 0 || kept == import->source_begin) {
        return false;
    }
    int64_t above = import->events[kept - 1].local_s;
    bool stranger = style_of(event) != work->main;
    if (!stranger && !may_be_nobody(work, event->person)) {
        return false;
    }
    size_t k = stranger ? next_of_main(work, i) : i + 1; /* a quote may be long */
    bool last = k == import->count;
    int64_t below = last ? above : import->events[k].local_s;
    bool before = event->local_s < above - QUOTE_S && below >= above - QUOTE_S;
    bool after = stranger && !last && event->local_s > below + QUOTE_S;
    return before || after;
}

/* The last pass: quotes join the body above, nothing packed is left behind, and where
 * the zone is known clocks get their offset, a repeated hour by the order of lines. */
static void fold_quotes(date_work_t *work)
{
    ebb_import_t *import = work->import;
    ebb_clock_t clock = {.import = import};
    size_t kept = import->source_begin;
    for (size_t i = import->source_begin; i < import->count; i++) {
        ebb_event_t *event = &import->events[i];
        if (is_quote(work, kept, i)) {
            ebb_import_source(import)->continuation++;
            join_above(import, kept, event);
            continue;
        }
        work->styles[style_of(event)].count++;
        event->offset_s = EBB_OFFSET_UNKNOWN;
        event->_reserved[0] = event->_reserved[1] = 0;
        if (import->zone) {
            int64_t local_s = event->local_s;
            (void)ebb_clock_set(&clock, event, &local_s, NULL); /* years were checked */
        }
        keep_event(import, kept++, event);
    }
    import->count = kept;
}

/* ---- the whole ---- */

/* Judges one style; true when its orders must be found span by span. */
static bool resolve_style(date_work_t *work, size_t s, date_verdict_t *verdict)
{
    size_t count;
    const ebb_event_t *events = source_events(work, &count);
    date_trial_t trials[ORDERS_MAX];
    int orders = open_orders(&work->styles[s], trials);
    try_orders(work, s, trials, orders);
    *verdict = judge(trials, orders);
    work->styles[s].order = verdict->order;
    if (!verdict->torn || !work->spans) {
        return verdict->torn;
    }
    find_spans(work, s, trials, orders);
    uint64_t changed = 0;
    for (size_t i = 0; i < count; i++) {
        changed += style_of(&events[i]) == s && work->spans[i] != verdict->order;
    }
    if (changed > 0) {
        work->styles[s].order = EBB_DATE_MIXED;
        verdict->order = EBB_DATE_MIXED;
        verdict->certainty = EBB_LIKELY;
        verdict->evidence = changed;
    }
    return true;
}

/* The style with the most heads. */
static size_t find_main(const date_work_t *work)
{
    size_t best = 0;
    for (size_t s = 1; s < work->style_count; s++) {
        best = work->styles[s].count > work->styles[best].count ? s : best;
    }
    return best;
}

/* A lesser style that is ambiguous follows the main one where it can. */
static void follow_main(const date_work_t *work, date_verdict_t *verdicts)
{
    const ebb_wa_style_t *main = &work->styles[work->main];
    for (size_t s = 0; s < work->style_count; s++) {
        bool year_alike = !((work->styles[s].style ^ main->style) &
                            (EBB_WA_YEAR_FIRST | EBB_WA_YEAR_LAST));
        if (s != work->main && verdicts[s].certainty == EBB_AMBIGUOUS && year_alike &&
            main->order != EBB_DATE_MIXED) {
            work->styles[s].order = main->order;
            verdicts[s] = verdicts[work->main];
            verdicts[s].evidence = 0;
        }
    }
}

/* Puts the verdicts of all styles that have heads together. */
static void sum_up(const date_work_t *work, const date_verdict_t *verdicts)
{
    date_verdict_t sum = verdicts[work->main];
    for (size_t s = 0; s < work->style_count; s++) {
        if (s == work->main || work->styles[s].count == 0) {
            continue;
        }
        sum.evidence += verdicts[s].evidence;
        sum.order = verdicts[s].order == sum.order ? sum.order : EBB_DATE_MIXED;
        sum.certainty = verdicts[s].certainty > sum.certainty ? verdicts[s].certainty
                                                              : sum.certainty;
    }
    ebb_source_t *source = ebb_import_source(work->import);
    source->date_order = (ebb_date_order_t)sum.order;
    source->date_certainty = sum.certainty;
    source->date_evidence = sum.evidence;
}

/* Judges all styles, those that are torn span by span. */
static int judge_styles(date_work_t *work, date_verdict_t *verdicts)
{
    bool torn = false;
    for (size_t s = 0; s < work->style_count; s++) {
        torn |= resolve_style(work, s, &verdicts[s]);
    }
    if (!torn) {
        return EBB_OK;
    }
    work->spans = ebb_new_array(work->import->alloc, work->events, 1);
    for (size_t s = 0; work->spans && s < work->style_count; s++) {
        if (verdicts[s].torn) {
            (void)resolve_style(work, s, &verdicts[s]);
        }
    }
    return work->spans ? EBB_OK : EBB_ERR_MEMORY;
}

int ebb_wa_resolve_dates(ebb_import_t *import, ebb_wa_style_t *styles, size_t count)
{
    date_work_t work = {.import = import, .styles = styles, .style_count = count};
    work.events = import->count - import->source_begin;
    date_verdict_t verdicts[EBB_WA_STYLES_MAX] = {{0}};
    int code = judge_styles(&work, verdicts);
    if (!code) {
        work.main = find_main(&work);
        follow_main(&work, verdicts);
        unpack(&work);
        for (size_t s = 0; s < count; s++) {
            styles[s].count = 0; /* counted anew, without what proves to be quotes */
        }
        fold_quotes(&work);
        sum_up(&work, verdicts);
    }
    ebb_free_array(import->alloc, work.spans, work.events, 1);
    ebb_wa_calendars_close(&work.calendars);
    return code;
}
