"""Help of evaluation."""

from canbo.web.help.page import HelpPage

PAGES = {
    "evaluations": HelpPage(
        title="Đánh giá",
        purpose="Các đợt đánh giá, xếp loại mà đơn vị mở hoặc tham gia.",
        steps=("Bấm “Mở đợt đánh giá” để giao cho các đơn vị.", "Bấm tên đợt để xem tiến độ, tỷ lệ, kết quả."),
        mistakes=("Đợt của cấp trên chỉ hiện phần của đơn vị bạn.",),
    ),
    "evaluation-open": HelpPage(
        title="Mở đợt đánh giá",
        purpose="Chọn kỳ, hạn, văn bản và những đơn vị phải họp, gửi kết quả.",
        steps=(
            "Đặt tên đợt, chọn loại kỳ và ghi kỳ như 2026, 2026-Q1.", "Đánh dấu đơn vị tham gia.",
            "Bấm “Mở đợt”; xem ai không được đưa vào và vì sao.",
        ),
        mistakes=("Người chưa rõ đối tượng trong hồ sơ thì không có chế độ đánh giá; sửa hồ sơ rồi bổ sung vào đợt.",),
    ),
    "evaluation-campaign": HelpPage(
        title="Một đợt đánh giá",
        purpose="Từng đơn vị đã làm đến đâu, bao nhiêu người xuất sắc, kết quả theo mức.",
        steps=(
            "Chọn “Tiến độ”, “Tỷ lệ xuất sắc” hoặc “Kết quả”.", "Bấm một con số để xem từng người.",
            "Bấm “Văn bản đôn đốc” để lấy công văn nhắc các đơn vị chưa gửi kết quả.", "Khi mọi đơn vị đã gửi, bấm “Kết thúc đợt”.",
        ),
        mistakes=("Đợt chưa đủ kết quả thì không kết thúc được; bỏ đơn vị khỏi đợt nếu đơn vị đó không đánh giá ở đây.",),
    ),
    "evaluation-people": HelpPage(
        title="Người được đánh giá",
        purpose="Những người phía sau một con số của đợt.",
        steps=("Chọn đơn vị, tình trạng, mức.", "Bấm tên để xem một người; xuất danh sách khi cần."),
        mistakes=("“Chưa quyết định” khác với “không xếp loại”.",),
    ),
    "evaluation-left-out": HelpPage(
        title="Không đưa vào đợt",
        purpose="Ai đang công tác mà không được đánh giá trong đợt, và lý do.",
        steps=("Bấm tên để sửa đối tượng trong hồ sơ.", "Quay lại đây và bấm “Bổ sung vào đợt”."),
        mistakes=("Đơn vị đã mở họp thì không bổ sung được người nữa.",),
    ),
    "evaluation-unit": HelpPage(
        title="Một đơn vị trong đợt",
        purpose="Mức đề nghị từng người, tỷ lệ xuất sắc, cuộc họp, quyết định, gửi kết quả.",
        steps=(
            "Bấm “Tính mức theo quy định” khi đã đủ điểm các tháng.",
            "Chọn mức đề nghị, ghi nhận xét; “Xem thử” để xem tỷ lệ trước khi ghi.",
            "Mở việc đánh giá và ghi từng bước họp, quyết định, thông báo.", "Bấm “Gửi kết quả lên cấp trên”.",
        ),
        mistakes=(
            "Vượt tỷ lệ thì quyết định bị từ chối cho đến khi ghi quyết định cho phép.",
            "Ghi lý do ở bước quyết định thì người đó chưa được xếp loại; quyết định bổ sung ở trang của người đó.",
            "Đơn vị được xếp loại trước, người đứng đầu không cao hơn.",
        ),
    ),
    "evaluation-person": HelpPage(
        title="Đánh giá một người",
        purpose="Điều kiện tính trong kỳ, điểm các tháng, ý kiến, kiến nghị, kết quả các năm.",
        steps=(
            "Ghi số tháng làm việc, vắng mặt và sự việc theo quyết định kỷ luật.",
            "Đọc ý kiến mới nhận rồi đưa vào hoặc không đưa vào hồ sơ.",
            "Nhận kiến nghị và trả lời trong hạn.",
        ),
        mistakes=("Một hành vi chỉ tính ở một kỳ đánh giá.", "Đơn tố cáo không ghi ở đây."),
    ),
    "evaluation-results": HelpPage(
        title="Gửi kết quả vào cơ sở dữ liệu quốc gia",
        purpose="Kết quả nào của đơn vị đã quyết định mà chưa gửi, hạn gửi, và những lần đã gửi.",
        steps=("Gửi kết quả bằng hệ thống của cơ sở dữ liệu quốc gia.", "Ghi số biên nhận và ngày gửi rồi bấm “Ghi đã gửi”."),
        mistakes=("Quyết định bị thay thế sau khi gửi thì phải gửi lại; người đó lại hiện ở đây.",),
    ),
    "evaluation-months": HelpPage(
        title="Theo dõi hằng tháng",
        purpose="Chấm điểm tiêu chí chung và kết quả nhiệm vụ của cả đơn vị trong một tháng.",
        steps=(
            "Chọn đơn vị và tháng.", "Ghi điểm từng dòng; dùng phím Tab để sang ô sau.", "Bấm “Ghi tháng”: cả bảng được ghi một lần.",
        ),
        mistakes=("Dòng ghi dở bị từ chối và cả bảng chưa được ghi; sửa dòng có ghi chú.",),
    ),
    "evaluation-products": HelpPage(
        title="Sản phẩm, công việc trong tháng",
        purpose="Tính ba tỷ lệ số lượng, chất lượng, tiến độ của một người từ sản phẩm được giao, rồi ghi điểm tháng.",
        steps=(
            "Ghi từng sản phẩm: hệ số quy đổi, được giao, đã làm, bổ sung, số lần chưa đạt, số lần chậm.",
            "Bấm “Tính thử” để xem từng tỷ lệ và điểm của tháng.", "Ghi điểm tiêu chí chung rồi bấm “Ghi tháng”.",
        ),
        mistakes=(
            "Phần làm thêm ghi vào cột bổ sung, không ghi vào cột đã làm.",
            "Bỏ hết sản phẩm thì tỷ lệ lại ghi tay ở trang của cả đơn vị.",
        ),
    ),
    "evaluation-trend": HelpPage(
        title="Xếp loại các năm",
        purpose="Phân bố các mức của một đơn vị và cấp dưới qua nhiều năm, tăng giảm bao nhiêu điểm phần trăm.",
        steps=(
            "Chọn đơn vị, ghi các năm như 2021-2025 hoặc 2016, 2020, chọn tư cách.",
            "Chọn “Đơn vị trực thuộc” để so các đơn vị với nhau.", "Bấm một số để xem tên; bấm “Xuất Excel” để lấy đúng bảng đang xem.",
        ),
        mistakes=(
            "Mỗi năm xếp loại theo quy định của năm đó, nên so các năm khác quy định cần thận trọng.",
            "Người đã chuyển đi tính ở nơi công tác ngày 31/12 của từng năm; xã, phường đã nhập thì tính vào đơn vị mới.",
        ),
    ),
    "evaluation-regulation": HelpPage(
        title="Quy chế đánh giá của đơn vị",
        purpose="Điểm tối đa từng tiêu chí ở chế độ để đơn vị tự quy định.",
        steps=("Chọn đơn vị, năm.", "Ghi số quy chế và điểm từng dòng.", "Bấm “Ghi”."),
        mistakes=("Điểm các dòng phải cộng lại đúng tổng của chế độ.",),
    ),
    "evaluation-objections": HelpPage(
        title="Kiến nghị",
        purpose="Kiến nghị về kết quả xếp loại chờ trả lời, theo hạn ngày làm việc.",
        steps=("Bấm tên để xem kiến nghị.", "Ghi văn bản trả lời và kết quả."),
        mistakes=("Hạn “chưa rõ” là vì lịch ngày nghỉ của năm đó chưa có trong quy định.",),
    ),
    "evaluation-hand-overs": HelpPage(
        title="Đơn tố cáo đã chuyển",
        purpose="Số phiếu, ngày và nơi đã chuyển đơn tố cáo.",
        steps=("Ghi số phiếu tiếp nhận, hai ngày và nơi đã chuyển.",),
        mistakes=("Không ghi nội dung đơn, người tố cáo hay người bị tố cáo.",),
    ),
    "evaluations-own": HelpPage(
        title="Tự đánh giá",
        purpose="Các đợt đánh giá có bạn và kết quả.",
        steps=("Bấm tên đợt để tự đánh giá.",),
        mistakes=("Đơn vị đã họp thì bản tự đánh giá chỉ còn xem được.",),
    ),
    "evaluation-comments": HelpPage(
        title="Góp ý người được đánh giá",
        purpose="Góp ý về người cùng đơn vị đang được đánh giá và xem góp ý của mình đã được xét chưa.",
        steps=("Bấm tên người muốn góp ý.", "Viết góp ý rồi bấm “Gửi góp ý”.", "Xem “Góp ý tôi đã gửi” để biết kết quả xét."),
        mistakes=("Đơn tố cáo không gửi ở đây.", "Tên người góp ý được niêm phong; đừng viết điều làm lộ mình là ai."),
    ),
    "evaluation-comment": HelpPage(
        title="Viết góp ý",
        purpose="Gửi một góp ý về công việc của người đang được đánh giá.",
        steps=("Viết việc cụ thể, có thời gian, kết quả.", "Bấm “Gửi góp ý”; người xét đọc trước khi đưa vào hồ sơ đánh giá."),
        mistakes=("Gửi rồi thì không sửa được; cần bổ sung thì gửi góp ý khác.",),
    ),
    "evaluation-papers": HelpPage(
        title="Văn bản đánh giá của một đơn vị",
        purpose="Phiếu, biên bản, danh sách, quyết định, thông báo được lập từ số liệu đã ghi, từng bản hoặc cả bộ.",
        steps=("Bấm loại văn bản của đơn vị để tải một bản.", "Đánh dấu nhiều loại rồi bấm “Tải tệp nén” để lấy cho mọi người."),
        mistakes=("Số, ngày văn bản để trống: ghi khi ban hành.", "Mục chưa có số liệu in dòng chấm, không phải lỗi."),
    ),
    "evaluation-papers-job": HelpPage(
        title="Đang lập nhiều văn bản", purpose="Hơn một trăm văn bản được lập trong nền.",
        steps=("Chờ hoặc làm việc khác.", "Bấm “Tải” khi đã lập xong."), mistakes=("Đóng trang không làm dừng việc.",),
    ),
    "evaluation-own": HelpPage(
        title="Bản tự đánh giá của tôi",
        purpose="Xem điểm các tháng, tự xếp loại, tự nhận xét; sau đó xem mức được quyết định.",
        steps=("Chọn mức, viết tự nhận xét.", "Bấm “Gửi”; sửa được đến khi đơn vị họp."),
        mistakes=("Không đồng ý với kết quả thì gửi kiến nghị bằng văn bản.",),
    ),
}  # fmt: skip
