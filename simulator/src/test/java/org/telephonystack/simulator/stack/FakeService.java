package org.telephonystack.simulator.stack;

import com.sun.net.httpserver.HttpServer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands in for a packaged service: says what it was given, becomes ready at the third question, goes at SIGTERM.
final class FakeService {

    private FakeService() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            System.out.println(
                    "command "
                            + String.join(" ", arguments)
                            + " on "
                            + System.getenv("DATABASE_URL"));
            System.exit(arguments[0].equals("fail") ? 4 : 0);
        }
        if (System.getenv("FAKE_PROBLEM") != null) {
            System.out.println(System.getenv("FAKE_PROBLEM"));
            System.exit(3);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("📴 going")));
        System.out.println(
                "frontdoor "
                        + System.getenv("FRONTDOOR_PUBLIC_URL")
                        + " action "
                        + System.getenv("ACTION_INTERNAL_URL"));
        System.out.println(
                "secret " + System.getenv("SERVICE_SECRET") + " extra " + System.getenv("EXTRA"));
        serve("QUARKUS_HTTP_PORT", 0);
        serve("QUARKUS_MANAGEMENT_PORT", 2);
    }

    private static void serve(String port, int unreadyAnswers) throws Exception {
        int number = Integer.parseInt(Optional.ofNullable(System.getenv(port)).orElseThrow());
        var questions = new AtomicInteger();
        var server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), number), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(
                            questions.getAndIncrement() < unreadyAnswers ? 503 : 200, -1);
                    exchange.close();
                });
        server.start();
    }
}
