package io.managedredis.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.error.InvalidRequestException;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    private static final Money TEN_EURO = new Money(BigDecimal.TEN, Currency.getInstance("EUR"));

    @ParameterizedTest
    @CsvSource({"10,$10.00", "1E+3,$1000.00", "0.20,$0.20", "0.0000020,$0.000002", "-5,-$5.00", "0,$0.00"})
    void should_print_at_least_cents_and_no_needless_zeros(String dollars, String printed) {
        assertThat(Money.usd(dollars)).hasToString(printed);
    }

    @Test
    void should_print_other_currencies_by_their_code() {
        assertThat(TEN_EURO).hasToString("EUR 10.00");
    }

    @Test
    void should_be_equal_however_the_amount_was_written() {
        assertThat(Money.usd("10.000")).isEqualTo(Money.usd("1E1")).isEqualTo(Money.usdCents(1_000));
    }

    @Test
    void should_refuse_a_text_that_is_no_amount() {
        assertThatThrownBy(() -> Money.usd("ten"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'ten'");
    }

    @Test
    void should_refuse_to_mix_currencies() {
        Money dollars = Money.usd("1");

        assertThatThrownBy(() -> dollars.plus(TEN_EURO)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> dollars.minus(TEN_EURO)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> dollars.compareTo(TEN_EURO)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> PlanPrice.perMonth(dollars).withReadRegion(TEN_EURO))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(
                        () -> PlanPrice.payAsYouGo(new CommandPrice(dollars, 1)).withProdPack(TEN_EURO))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void should_add_and_subtract_without_losing_anything() {
        Random random = new Random(42);
        for (int round = 0; round < 2_000; round++) {
            Money one = new Money(new BigDecimal(random.nextLong()).movePointLeft(random.nextInt(12)), usd());
            Money other = new Money(new BigDecimal(random.nextLong()).movePointLeft(random.nextInt(12)), usd());

            assertThat(one.plus(other).minus(other)).isEqualTo(one);
            assertThat(one.plus(other)).isEqualTo(other.plus(one));
            assertThat(Integer.signum(one.compareTo(other)))
                    .isEqualTo(one.minus(other).isNegative() ? -1 : one.equals(other) ? 0 : 1);
        }
    }

    private static Currency usd() {
        return Currency.getInstance("USD");
    }
}
