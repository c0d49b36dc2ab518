package dev.slipway.local.kubernetes;

import dev.slipway.local.files.TemporaryDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real kube-apiserver over a real etcd, on free ports of loopback. There are no controllers, no scheduler and no nodes; what
 * would wait for them, as a pod for the default service account, is not asked for.
 */
public final class ApiServer implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final String TOKEN = "of-the-administrator";

    private final TemporaryDirectory directory;
    private final AuditLog audit;
    private final List<Program> running = new ArrayList<>();
    private final List<Integer> ports = Program.freePorts(3);

    private ApiServer(TemporaryDirectory directory) {
        this.directory = directory;
        this.audit = new AuditLog(file("audit-policy"), file("audit"));
    }

    /** The first of the programs that it takes which is not installed: a test is skipped then. */
    public static Optional<String> missing() {
        return Stream.of("etcd", "kube-apiserver")
                .filter(program -> Program.find(program).isEmpty())
                .findFirst();
    }

    /** Returns when it is ready. Its data is deleted when it is closed. */
    public static ApiServer startTemporary() throws IOException, InterruptedException {
        ApiServer server = new ApiServer(TemporaryDirectory.create("slipway-kubernetes"));
        try {
            server.startEtcd();
            server.startItself();
            return server;
        } catch (IOException | RuntimeException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    public String url() {
        return "https://127.0.0.1:" + ports.get(2);
    }

    /** The certificate that it shows, as PEM: clients trust it alone. */
    public String certificate() throws IOException {
        return Files.readString(certificateFile());
    }

    /** A member of {@code system:masters}, who may do anything. */
    public String adminToken() {
        return TOKEN;
    }

    /**
     * A configuration for any client of Kubernetes.
     *
     * @param token the administrator's, or one that the server gave to a service account
     */
    public String kubeconfig(String token) throws IOException {
        return """
                apiVersion: v1
                kind: Config
                current-context: local
                clusters:
                - name: local
                  cluster: {server: "%s", certificate-authority-data: "%s"}
                users:
                - name: local
                  user: {token: "%s"}
                contexts:
                - name: local
                  context: {cluster: local, user: local}
                """.formatted(
                url(), Base64.getEncoder().encodeToString(certificate().getBytes(StandardCharsets.US_ASCII)), token);
    }

    /** All that service accounts asked so far, in the order in which it came. */
    public List<ApiRequest> requests() throws IOException {
        return audit.requests();
    }

    @Override
    public void close() {
        running.reversed().forEach(Program::close);
        directory.close();
    }

    private void startEtcd() throws IOException, InterruptedException {
        String clients = "http://127.0.0.1:" + ports.get(0);
        String peers = "http://127.0.0.1:" + ports.get(1);
        Program etcd = start(
                "etcd",
                "--data-dir=" + file("etcd"),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers);
        etcd.await(READY_WITHIN, () -> Readiness.of(clients + "/health"));
    }

    private void startItself() throws IOException, InterruptedException {
        writeAccountKeys();
        Files.writeString(file("tokens"), TOKEN + ",administrator,administrator,system:masters\n");
        List<String> flags = new ArrayList<>(audit.flags());
        flags.addAll(List.of(
                "--etcd-servers=http://127.0.0.1:" + ports.get(0),
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + ports.get(2),
                "--cert-dir=" + file("certificates"),
                "--token-auth-file=" + file("tokens"),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + file("accounts.pub"),
                "--service-account-signing-key-file=" + file("accounts.key"),
                "--service-cluster-ip-range=10.0.0.0/24",
                // a cache waits for notices of progress that an etcd before 3.4.31 does not give
                "--watch-cache=false",
                // both want controllers: one makes the default service account, one finds nodes to be ready
                "--disable-admission-plugins=ServiceAccount,TaintNodesByCondition"));
        Program server = start("kube-apiserver", flags.toArray(String[]::new));
        server.await(READY_WITHIN, () -> Readiness.of(url() + "/readyz", certificateFile(), TOKEN));
    }

    private Program start(String name, String... arguments) throws IOException {
        Program program = Program.start(name, file(name + ".log"), arguments);
        running.add(program);
        return program;
    }

    private void writeAccountKeys() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            Files.writeString(
                    file("accounts.key"), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            Files.writeString(
                    file("accounts.pub"), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(der));
    }

    private Path certificateFile() {
        return file("certificates").resolve("apiserver.crt");
    }

    private Path file(String name) {
        return directory.path().resolve(name);
    }
}
