package gatehouse.redirection;

import gatehouse.testkit.HttpDouble;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The services that speak XML-RPC, each with the words that its own documents, or programs that use it, show. */
final class XmlRpcDoubles {
    private XmlRpcDoubles() {
    }

    abstract static class XmlRpcDouble extends ServiceDouble {
        private static final Pattern METHOD = Pattern.compile("<methodName>([^<]+)</methodName>");
        private static final Pattern STRING = Pattern.compile("<string>([^<]*)</string>");
        final Map<String, String> servers = new ConcurrentHashMap<>();

        abstract String call(String method, List<String> arguments);

        String password() {
            return SECRET;
        }

        @Override
        HttpDouble.Answer answer(HttpDouble.Asked asked) {
            var right = "Basic " + Base64.getEncoder().encodeToString((ACCOUNT + ":" + password()).getBytes(StandardCharsets.UTF_8));
            if (!right.equals(asked.headers().get("authorization")) || !asked.method().equals("POST")
                    || !asked.headers().get("content-type").startsWith("text/xml")) {
                return new HttpDouble.Answer(401, "");
            }
            var method = METHOD.matcher(asked.body());
            if (!method.find()) {
                return new HttpDouble.Answer(400, "");
            }
            var arguments = STRING.matcher(asked.body()).results().map(found -> found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
                    .toList();
            return new HttpDouble.Answer(200, call(method.group(1), arguments));
        }

        static String said(boolean ok, String text) {
            return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<methodResponse xmlns:ex=\"http://ws.apache.org/xmlrpc/namespaces/extensions\"><params><param>"
                    + "<value><array><data><value><boolean>" + (ok ? 1 : 0) + "</boolean></value>\n<value>" + text
                    + "</value></data></array></value></param></params></methodResponse>";
        }

        static String fault(String method) {
            return "<?xml version=\"1.0\"?><methodResponse><fault><value><struct><member><name>faultCode</name><value><int>0</int></value></member><member>"
                    + "<name>faultString</name><value>No such handler: " + method + "</value></member></struct></value></fault></methodResponse>";
        }

        String check(String mac) {
            return others.contains(mac) ? said(false, "Registered elsewhere") : phones.containsKey(mac) ? said(true, "Registered")
                    : mac.startsWith("000000") ? said(false, "Error:Invalid MAC") : said(true, "Unregistered");
        }

        String add(String name, String url) {
            return servers.putIfAbsent(name, url) == null ? said(true, "OK") : said(false, "Error:Server name existed");
        }

        String remove(String mac) {
            return phones.remove(mac) != null ? said(true, "OK") : said(false, "Error:Invalid MAC(s):" + mac);
        }
    }

    static final class Yealink extends XmlRpcDouble {
        @Override
        Service service() {
            return Service.YEALINK_RPS_XML;
        }

        @Override
        String call(String method, List<String> arguments) {
            var mac = arguments.getFirst();
            return switch (method) {
                case "redirect.checkDevice" -> check(mac);
                case "redirect.addServer" -> add(mac, arguments.get(1));
                case "redirect.deRegisterDevice" -> remove(mac);
                case "redirect.registerDeviceWithUniqueUrl" -> {
                    if (!servers.containsKey(arguments.get(1))) {
                        yield said(false, "Error:Invalid server");
                    }
                    others.remove(mac);
                    phones.put(mac, arguments.get(2));
                    yield said(true, "OK");
                }
                default -> fault(method);
            };
        }
    }

    static final class Htek extends XmlRpcDouble {
        @Override
        Service service() {
            return Service.HTEK_RPS;
        }

        @Override
        String call(String method, List<String> arguments) {
            var mac = arguments.getFirst();
            return switch (method) {
                case "redirect.checkDevice" -> check(mac);
                case "redirect.addServer" -> add(mac, arguments.get(1));
                case "redirect.deRegisterDevice" -> remove(mac);
                case "redirect.registerDevice" -> others.contains(mac) ? said(false, "Are you sure you want to override MAC addresses")
                        : phones.containsKey(mac) ? said(false, "Existing MAC(s): " + mac) : lead(mac, arguments.get(1));
                case "redirect.editDevice" -> phones.containsKey(mac) ? lead(mac, arguments.get(1)) : said(false, "Error:Invalid MAC(s):" + mac);
                default -> fault(method);
            };
        }

        private String lead(String mac, String server) {
            if (!servers.containsKey(server)) {
                return said(false, "Error: Invalid server");
            }
            phones.put(mac, servers.get(server));
            return said(true, "OK");
        }
    }

    static final class Fanvil extends XmlRpcDouble {
        @Override
        Service service() {
            return Service.FANVIL_FDPS;
        }

        @Override
        String password() {
            return md5(md5(SECRET));
        }

        private static String md5(String text) {
            try {
                return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        String call(String method, List<String> arguments) {
            var mac = arguments.getFirst();
            return switch (method) {
                case "redirect.checkDevice" -> said(phones.containsKey(mac), phones.containsKey(mac) ? "OK" : "Error:device_not_exist");
                case "redirect.deRegisterDevice" -> phones.remove(mac) != null ? said(true, "OK") : said(false, "Error:device_not_exist");
                case "redirect.deleteServer" -> servers.remove(mac) != null ? said(true, "OK") : said(false, "Error:server_not_exist");
                case "redirect.addMaterialServer" -> material(arguments);
                case "redirect.registerDevice" -> others.contains(mac) || phones.containsKey(mac) ? said(false, "Error:device_had_existed") : lead(mac, arguments.get(1));
                default -> fault(method);
            };
        }

        private String material(List<String> settings) {
            var all = new ConcurrentHashMap<String, String>();
            settings.forEach(one -> all.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1)));
            var scheme = Map.of("4", "http", "5", "https").get(all.get("cfgPfProt"));
            return add(all.get("cfgName"), scheme + "://" + all.get("cfgPfSrv") + "/" + all.get("cfgPfName"));
        }

        private String lead(String mac, String group) {
            if (!servers.containsKey(group)) {
                return said(false, "Error:server_not_exist");
            }
            phones.put(mac, servers.get(group));
            return said(true, "OK");
        }
    }

    static final class Snom extends XmlRpcDouble {
        @Override
        Service service() {
            return Service.SNOM_XML;
        }

        @Override
        String call(String method, List<String> arguments) {
            var capitals = arguments.getFirst();
            var mac = capitals.toLowerCase(Locale.ROOT);
            if (!capitals.equals(mac.toUpperCase(Locale.ROOT))) {
                return said(false, "Error:malformed_mac");
            }
            return switch (method) {
                case "redirect.getPhoneRedirection" -> phones.containsKey(mac) ? said(true, "Box Inc") : said(false, "Error:no_such_phone");
                case "redirect.deregisterPhone" -> phones.remove(mac) != null ? said(true, "Ok") : said(false, "Error:no_such_phone");
                case "redirect.registerPhone" -> {
                    if (others.contains(mac)) {
                        yield said(false, "Error:owned_by_other_user");
                    }
                    phones.put(mac, arguments.get(1));
                    yield said(true, "Ok");
                }
                default -> fault(method);
            };
        }
    }
}
