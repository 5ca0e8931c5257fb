/* SPDX-License-Identifier: MIT
 * Statements of scenarios, claims and populations. One that holds several changes
 * becomes as many orders. */
#include "lang/parser.h"

#include "ebb/nearest.h"
/* What follows `arm` is of that arm, but for what is said of the claim. */
static uint32_t order_arm(const ebb_parser_t *parser, uint8_t kind)
{
    bool whole = kind >= EBB_ORDER_EXPECT;
    return parser->claim && !whole ? parser->claim->arm_count : 0;
}

ebb_order_t *ebb_parse_order(ebb_parser_t *parser, const ebb_order_t *like)
{
    ebb_order_t *order =
        ebb_reading_push(parser->reading, &parser->syntax->orders, sizeof *order);
    if (order) {
        *order = *like;
        order->arm = order_arm(parser, like->kind);
    }
    if (parser->syntax->orders.count > EBB_LANG_DECLARATIONS_MOST) {
        ebb_reading_limit(parser->reading, like->where, "more than %u orders in a file",
                          EBB_LANG_DECLARATIONS_MOST);
    }
    return order;
}

/* = expr or = law(...), of a setting. */
static bool order_setting(ebb_parser_t *parser, ebb_order_t *order)
{
    ebb_formula_t size[2] = {{0}};
    order->mark = EBB_LEX_ASSIGN;
    order->law = 0;
    if (ebb_parse_is(parser, EBB_LEX_ADD_TO) ||
        ebb_parse_is(parser, EBB_LEX_TAKE_FROM)) {
        ebb_wrong(parser->reading, order->target.where, "a setting is made with `=`");
        return false;
    }
    if (!ebb_parse_take(parser, EBB_LEX_ASSIGN)) {
        return ebb_parse_misfit(parser, "`=`");
    }
    if (!ebb_parse_law(parser, &order->law, size)) {
        return false;
    }
    order->value = size[0];
    order->second = size[1];
    return true;
}

/* target = expr {"," target = expr}; `changes`: += and -= too. */
static bool order_changes(ebb_parser_t *parser, ebb_order_t like, bool changes)
{
    uint32_t person = like.target.person;
    do {
        if (!ebb_parse_target(parser, &like.target)) {
            return false;
        }
        if (person != EBB_NONE && like.target.person != EBB_NONE) {
            ebb_wrong(parser->reading, like.target.where,
                      "two persons for one quantity");
            return false;
        }
        like.target.person = person != EBB_NONE ? person : like.target.person;
        if (!(changes ? ebb_parse_assignment(parser, &like.mark, &like.value)
                      : order_setting(parser, &like))) {
            return false;
        }
        if (!ebb_parse_order(parser, &like)) {
            return false;
        }
    } while (ebb_parse_take(parser, EBB_LEX_COMMA));
    return true;
}

static bool order_expect_word(ebb_parser_t *parser, ebb_word_t word,
                              const char *expected)
{
    return ebb_parse_take_word(parser, word) || ebb_parse_misfit(parser, expected);
}

/* The times of at, from, ramp and every, and the colon. */
static bool order_times(ebb_parser_t *parser, ebb_order_t *order)
{
    if (order->kind == EBB_ORDER_AT) {
        return ebb_parse_formula(parser, &order->from) &&
               ebb_parse_expect(parser, EBB_LEX_COLON, "the time");
    }
    if (order->kind != EBB_ORDER_EVERY) {
        return ebb_parse_formula(parser, &order->from) &&
               order_expect_word(parser, EBB_WORD_TO,
                                 "`to` and the time when it ends") &&
               ebb_parse_formula(parser, &order->to) &&
               ebb_parse_expect(parser, EBB_LEX_COLON, "the times");
    }
    if (!ebb_parse_formula(parser, &order->every)) {
        return false;
    }
    if (ebb_parse_take_word(parser, EBB_WORD_FOR) &&
        !ebb_parse_formula(parser, &order->lasting)) {
        return false;
    }
    if (ebb_parse_take_word(parser, EBB_WORD_FROM) &&
        !ebb_parse_formula(parser, &order->from)) {
        return false;
    }
    if (ebb_parse_take_word(parser, EBB_WORD_TO) &&
        !ebb_parse_formula(parser, &order->to)) {
        return false;
    }
    return ebb_parse_expect(parser, EBB_LEX_COLON, "the times");
}

static bool order_timed(ebb_parser_t *parser, ebb_order_kind_t kind)
{
    ebb_order_t order = {.kind = (uint8_t)kind, .where = parser->token.where};
    ebb_parse_step(parser);
    if (!order_times(parser, &order)) {
        return false;
    }
    order.target.person = EBB_NONE;
    if (ebb_parse_is(parser, EBB_LEX_NAME) && parser->ahead.kind == EBB_LEX_COLON) {
        order.target.person = parser->token.name; /* at 30: a: stress = 1 */
        ebb_parse_step(parser);
        ebb_parse_step(parser);
    }
    return order_changes(parser, order, true);
}

/* The text between two places of the file, with every run of blanks as one. */
static const char *order_source(ebb_parser_t *parser, uint32_t begin, uint32_t end)
{
    char *text = ebb_arena_text(&parser->reading->arena, parser->reading->text + begin,
                                end - begin);
    if (!text) {
        ebb_reading_fail(parser->reading, EBB_ERR_MEMORY);
        return "";
    }
    size_t kept = 0;
    for (const char *c = text; *c; c++) {
        bool blank = *c == ' ' || *c == '\n' || *c == '\r' || *c == '\t';
        if (!blank) {
            text[kept++] = *c;
        } else if (kept && text[kept - 1] != ' ') {
            text[kept++] = ' ';
        }
    }
    text[kept - (kept && text[kept - 1] == ' ')] = '\0';
    return text;
}

static bool order_expect(ebb_parser_t *parser)
{
    ebb_order_t order = {
        .kind = EBB_ORDER_EXPECT, .text = "", .code = "", .where = parser->token.where};
    ebb_parse_step(parser);
    uint32_t begin = parser->token.where.offset;
    if (!ebb_parse_formula(parser, &order.value)) {
        return false;
    }
    order.code = order_source(parser, begin, parser->token.where.offset);
    if (ebb_parse_take_word(parser, EBB_WORD_IN) &&
        !(ebb_parse_formula(parser, &order.share) &&
          order_expect_word(parser, EBB_WORD_OF, "`of runs`") &&
          order_expect_word(parser, EBB_WORD_RUNS, "`runs`"))) {
        return false;
    }
    (void)ebb_parse_string(parser, &order.text);
    return ebb_parse_order(parser, &order) != NULL;
}

/* A positive number that may be said once. */
static bool order_once(ebb_parser_t *parser, double *number, const char *what,
                       const char *wanted, const char *zero)
{
    ebb_where_t where = parser->token.where;
    if (!ebb_parse_is(parser, EBB_LEX_NUMBER)) {
        return ebb_parse_misfit(parser, wanted);
    }
    if (*number != 0) {
        ebb_wrong(parser->reading, where, "a second `%s`", what);
        return false;
    }
    *number = parser->token.number;
    ebb_parse_step(parser);
    if (!(*number > 0)) {
        ebb_wrong(parser->reading, where, "%s", zero);
        return false;
    }
    return true;
}

static bool order_length(ebb_parser_t *parser, ebb_scenario_syntax_t *scenario)
{
    ebb_parse_step(parser);
    scenario->length_where = parser->token.where;
    if (!order_once(parser, &scenario->length, "run", "how long the run is, a number",
                    "a run of no length")) {
        return false;
    }
    if (ebb_parse_is(parser, EBB_LEX_NAME) && !parser->token.first) {
        scenario->length_unit = parser->token.name;
        scenario->unit_where = parser->token.where;
        ebb_parse_step(parser);
    }
    return true;
}

bool ebb_parse_settings(ebb_parser_t *parser, ebb_order_kind_t kind)
{
    ebb_order_t order = {.kind = (uint8_t)kind, .where = parser->token.where};
    order.target.person = EBB_NONE;
    if (parser->ahead.kind == EBB_LEX_COLON) { /* a: ... */
        order.target.person = parser->token.name;
        ebb_parse_step(parser);
    }
    ebb_parse_step(parser);
    return order_changes(parser, order, false);
}

/* There is no fact of this word; which ones there are. */
static bool order_no_fact(ebb_parser_t *parser, const char *word)
{
    ebb_nearest_t near = {.typed = word};
    for (int i = 0; i < EBB_FACT_COUNT; i++) {
        ebb_nearest_consider(&near, ebb_fact_word((ebb_fact_t)i));
    }
    ebb_wrong(parser->reading, parser->token.where, "there is no fact `%s`", word);
    if (near.best) {
        ebb_mend(parser->reading, "did you mean `%s`? they are: %s", near.best,
                 ebb_fact_words());
    } else {
        ebb_mend(parser->reading, "they are: %s", ebb_fact_words());
    }
    return false;
}

static bool order_fact(ebb_parser_t *parser, ebb_facts_t *facts)
{
    if (!ebb_parse_is(parser, EBB_LEX_NAME)) {
        return ebb_parse_misfit(parser, "a fact");
    }
    ebb_fact_t fact;
    const char *word = ebb_name(parser->reading, parser->token.name);
    if (!ebb_fact_of(word, &fact)) {
        return order_no_fact(parser, word);
    }
    *facts |= 1u << fact;
    ebb_parse_step(parser);
    return true;
}

static bool order_facts(ebb_parser_t *parser, ebb_scenario_syntax_t *scenario)
{
    do {
        ebb_parse_step(parser); /* over `facts`, or a comma */
        if (!order_fact(parser, &scenario->facts)) {
            return false;
        }
    } while (ebb_parse_is(parser, EBB_LEX_COMMA));
    return true;
}

/* --- what only a claim has -------------------------------------------------------- */

static bool order_claim_couples(ebb_parser_t *parser, ebb_scenario_syntax_t *claim)
{
    ebb_where_t where = parser->token.where;
    if (!order_once(parser, &claim->couples, "couples", "how many couples, a number",
                    "no couples")) {
        return false;
    }
    if (claim->couples > EBB_LANG_COUPLES_MOST ||
        claim->couples != (double)(uint32_t)claim->couples) {
        ebb_wrong(parser->reading, where, "couples are a whole number, at most %u",
                  EBB_LANG_COUPLES_MOST);
        return false;
    }
    return true;
}

static bool order_claim_arm(ebb_parser_t *parser, ebb_scenario_syntax_t *claim)
{
    ebb_target_t arm = {.person = EBB_NONE, .where = parser->token.where};
    if (!ebb_parse_new_name(parser, &arm.name, "the arm's name")) {
        return false;
    }
    if (ebb_word_kind(arm.name) == EBB_IS_RUN) {
        ebb_wrong(parser->reading, arm.where, "`%s` sums up a run and cannot be an arm",
                  ebb_name(parser->reading, arm.name));
        return false;
    }
    const ebb_target_t *arms = parser->syntax->arms.items;
    for (uint32_t k = 0; k < claim->arm_count; k++) {
        if (arms[claim->first_arm + k].name == arm.name) {
            ebb_wrong(parser->reading, arm.where, "a second arm `%s`",
                      ebb_name(parser->reading, arm.name));
            return false;
        }
    }
    ebb_target_t *kept =
        ebb_reading_push(parser->reading, &parser->syntax->arms, sizeof *kept);
    if (kept) {
        *kept = arm;
        claim->arm_count++;
    }
    if (claim->arm_count > EBB_LANG_ARMS_MOST) {
        ebb_reading_limit(parser->reading, arm.where, "more than %u arms",
                          EBB_LANG_ARMS_MOST);
    }
    return kept != NULL;
}

static bool order_claim_construction(ebb_parser_t *parser, ebb_scenario_syntax_t *claim)
{
    return order_expect_word(parser, EBB_WORD_CONSTRUCTION, "`construction`") &&
           (ebb_parse_string(parser, &claim->construction) ||
            ebb_parse_misfit(parser, "a string: why it follows from the equations"));
}

/* couples, arm, cut, by. */
static bool order_claim_read(ebb_parser_t *parser, ebb_scenario_syntax_t *claim)
{
    if (ebb_parse_is_word(parser, EBB_WORD_CUT)) {
        return ebb_parse_settings(parser, EBB_ORDER_CUT);
    }
    uint32_t word = parser->token.name;
    ebb_parse_step(parser);
    return word == EBB_WORD_COUPLES ? order_claim_couples(parser, claim)
           : word == EBB_WORD_ARM   ? order_claim_arm(parser, claim)
                                    : order_claim_construction(parser, claim);
}

/* couples, arm, and what is in parse_extra.c. */
static bool order_extra_read(ebb_parser_t *parser, ebb_scenario_syntax_t *extra)
{
    uint32_t word = parser->token.name;
    if (word != EBB_WORD_COUPLES && word != EBB_WORD_ARM) {
        return ebb_parse_extra(parser);
    }
    ebb_parse_step(parser);
    return word == EBB_WORD_COUPLES ? order_claim_couples(parser, extra)
                                    : order_claim_arm(parser, extra);
}

/* Whether the next statement is one that a population or a trial has and no scenario.
 */
static bool order_is_extra(const ebb_parser_t *parser)
{
    uint32_t word = parser->token.name;
    return parser->head && (word == EBB_WORD_COUPLES ||
                            (word == EBB_WORD_ARM && parser->head == EBB_WORD_TRIAL) ||
                            ebb_parse_is_extra(parser->head, word));
}

/* --- statements ------------------------------------------------------------------- */

static const struct {
    ebb_word_t word;
    ebb_order_kind_t kind;
} order_timed_words[] = {
    {EBB_WORD_AT, EBB_ORDER_AT},
    {EBB_WORD_FROM, EBB_ORDER_FROM},
    {EBB_WORD_RAMP, EBB_ORDER_RAMP},
    {EBB_WORD_EVERY, EBB_ORDER_EVERY},
};

static bool order_read(ebb_parser_t *parser, ebb_scenario_syntax_t *scenario)
{
    if (ebb_parse_is(parser, EBB_LEX_NAME) && parser->ahead.kind == EBB_LEX_COLON) {
        return ebb_parse_settings(parser, EBB_ORDER_SET);
    }
    if (ebb_parse_is_word(parser, EBB_WORD_SET) ||
        ebb_parse_is_word(parser, EBB_WORD_START)) {
        bool set = ebb_parse_is_word(parser, EBB_WORD_SET);
        return ebb_parse_settings(parser, set ? EBB_ORDER_SET : EBB_ORDER_START);
    }
    if (ebb_parse_is_word(parser, EBB_WORD_RUN)) {
        return order_length(parser, scenario);
    }
    if (!parser->head && ebb_parse_is_word(parser, EBB_WORD_EXPECT)) {
        return order_expect(parser);
    }
    if (scenario->head == EBB_WORD_SCENARIO &&
        ebb_parse_is_word(parser, EBB_WORD_FACTS)) {
        return order_facts(parser, scenario);
    }
    for (size_t i = 0; i < sizeof order_timed_words / sizeof *order_timed_words; i++) {
        if (ebb_parse_is_word(parser, order_timed_words[i].word)) {
            return order_timed(parser, order_timed_words[i].kind);
        }
    }
    if (scenario->head == EBB_WORD_CLAIM && ebb_parse_is_scenario_word(parser)) {
        return order_claim_read(parser, scenario);
    }
    if (order_is_extra(parser)) {
        return order_extra_read(parser, scenario);
    }
    ebb_wrong(parser->reading, parser->token.where,
              "no statement of a %s begins with this",
              ebb_name(parser->reading, scenario->head));
    ebb_mend(parser->reading,
             "they are: run, set, start, at, from, ramp, every, %s, "
             "or a person's name and a colon",
             scenario->head == EBB_WORD_CLAIM
                 ? "expect, couples, arm, cut, by construction"
             : scenario->head == EBB_WORD_SCENARIO ? "expect, facts"
             : scenario->head == EBB_WORD_POPULATION
                 ? "couples, people, correlation, pairing, group, satisfied, ending, "
                   "report, keep"
                 : "couples, people, correlation, pairing, group, arm, enter, end, "
                   "follow, outcome, sd, reliability, recovered, dropped");
    return false;
}

static bool scenario_head(ebb_parser_t *parser, ebb_scenario_syntax_t *scenario)
{
    ebb_parse_step(parser);
    scenario->where = parser->token.where;
    const char *own = ebb_reading_print(parser->reading, "the %s's name",
                                        ebb_name(parser->reading, scenario->head));
    if (!ebb_parse_new_name(parser, &scenario->name, own)) {
        return false;
    }
    (void)ebb_parse_string(parser, &scenario->text);
    if (!ebb_parse_take_word(parser, EBB_WORD_USES)) {
        return ebb_parse_misfit(parser, "`uses` and the name of a model");
    }
    scenario->uses_where = parser->token.where;
    if (!ebb_parse_new_name(parser, &scenario->uses, "the name of a model")) {
        return false;
    }
    while (ebb_parse_take_word(parser, EBB_WORD_SOURCE)) {
        if (!ebb_parse_string(parser, &scenario->source)) {
            return ebb_parse_misfit(parser, "a string after `source`");
        }
    }
    return true;
}

void ebb_parse_scenario(ebb_parser_t *parser)
{
    ebb_scenario_syntax_t scenario = {.head = parser->token.name,
                                      .text = "",
                                      .source = "",
                                      .construction = "",
                                      .length_unit = EBB_NONE,
                                      .name = EBB_NONE,
                                      .uses = EBB_NONE};
    parser->in_scenario = true;
    bool population = scenario.head == EBB_WORD_POPULATION;
    bool trial = scenario.head == EBB_WORD_TRIAL;
    parser->head = population || trial ? scenario.head : 0;
    parser->claim = scenario.head == EBB_WORD_CLAIM || trial ? &scenario : NULL;
    scenario.first_order = (uint32_t)parser->syntax->orders.count;
    scenario.first_arm = (uint32_t)parser->syntax->arms.count;
    ebb_parse_begin(parser);
    if (!scenario_head(parser, &scenario)) {
        ebb_parse_recover(parser);
    }
    while (!ebb_parse_is(parser, EBB_LEX_END) &&
           ebb_word_kind(parser->token.name) != EBB_IS_HEAD) {
        uint32_t before = parser->token.where.offset;
        ebb_parse_begin(parser);
        bool read = order_read(parser, &scenario);
        if (read && !ebb_parse_at_start(parser) && !parser->token.first) {
            read = ebb_parse_misfit(parser, "the next statement on a new line");
        }
        if (!read) {
            if (parser->token.where.offset == before) {
                ebb_parse_step(parser); /* do not stay */
            }
            ebb_parse_recover(parser);
        }
    }
    scenario.order_count =
        (uint32_t)parser->syntax->orders.count - scenario.first_order;
    ebb_scenario_syntax_t *kept =
        ebb_reading_push(parser->reading, &parser->syntax->scenarios, sizeof *kept);
    if (kept) {
        *kept = scenario;
    }
    parser->in_scenario = false;
    parser->head = 0;
    parser->claim = NULL;
}
