package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a request has borrowed of a budget")
class ByteLoanTest {
    private final ByteBudget budget = new ByteBudget(100);
    private final ByteLoan loan = new ByteLoan(budget);

    @Test
    @DisplayName("is given back when the request is over, once")
    void givenBack() {
        assertThat(loan.tryTake(60)).isTrue();
        assertThat(loan.tryTake(30)).isTrue();
        assertThat(budget.held()).isEqualTo(90);

        loan.close();
        loan.close();
        assertThat(budget.held()).isZero();
        assertThat(loan.tryTake(1)).isFalse();
    }

    @Test
    @DisplayName("is kept while a read goes on that nobody waits for any more")
    void underWay() {
        CompletableFuture<String> read = new CompletableFuture<>();
        var _ = loan.during(read);
        assertThat(loan.tryTake(60)).isTrue();

        loan.close();
        assertThat(budget.held()).isEqualTo(60);
        assertThat(loan.tryTake(1)).as("a read that is admitted too late").isFalse();

        read.complete("done");
        assertThat(budget.held()).isZero();
    }

    @Test
    @DisplayName("may be more than all there is for who is alone, and nothing beside others")
    void alone() {
        assertThat(loan.tryTake(150)).isTrue();
        assertThat(loan.tryTake(100)).isTrue();

        ByteLoan other = new ByteLoan(budget);
        assertThat(other.tryTake(1)).isFalse();
        loan.close();
        assertThat(other.tryTake(1)).isTrue();
        assertThat(new ByteLoan(budget).tryTake(150)).isFalse();
    }
}
