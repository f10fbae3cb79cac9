#include <iostream>
#include <queue>

int main() {
    int deck, n;
    std::cin >> deck >> n;
    std::queue<int> waiting;
    for (int i = 0; i < n; i++) {
        int truck;
        std::cin >> truck;
        waiting.push(truck);
    }
    int sailings = 0, aboard = 0;
    while (!waiting.empty()) {
        int used = 0;
        aboard = 0;
        while (!waiting.empty() && used + waiting.front() <= deck) {
            used += waiting.front();
            waiting.pop();
            aboard++;
        }
        sailings++;
    }
    std::cout << sailings << '\n' << aboard << '\n';
}
